import { partition } from "@aws-sdk/util-endpoints";
import { PARTITION } from "./partition";
import { Problems, type Problem } from "./problems";

const LIST = "list them: aws account list-regions --query 'Regions[].RegionName'";

/** What is wrong with a region: AWS doesn't have it, or it is in a partition that this program does not deploy to. */
export function wantedRegion(region: string): string | undefined {
  const { name, known } = find(region);
  if (!known) return `a region of AWS such as ap-northeast-1 (${LIST})`;
  if (name === PARTITION) return undefined;
  return `a region of the partition ${PARTITION}: ${region} is in ${name}, which this program does not support`;
}

/** {@link wantedRegion} as an argument's problem. */
export function regionProblems(property: string, region: string): readonly Problem[] {
  const problems = new Problems();
  const wanted = wantedRegion(region);
  if (wanted !== undefined) problems.expect(false, property, wanted, region);
  return problems.all();
}

/** From the SDK's list, which has a description of each known region and treats others by their form, or as part of `aws`. */
function find(region: string): { readonly name: string; readonly known: boolean } {
  const found = partition(region);
  // `aws-global` and similar names stand for services without a region.
  return { name: found.name, known: "description" in found && !region.endsWith("-global") };
}
