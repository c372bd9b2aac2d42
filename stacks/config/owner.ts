import { literal, Problems, type Problem } from "../../components/core/problems";
import type { Owner } from "../../components/core/owner";
import { boundaryArnOf, stackTagsOf, type StackNames } from "../../components/core/stack-names";
import type { Config } from "./config";
import { valueOf } from "./given";
import { valueAt } from "./key-path";

/** What the stack's roles and buckets are told apart by. */
export function ownerOf({ rolePath, namePrefix, roles }: OwnerConfig): Owner {
  return { rolePath, ...roles, bucketPrefix: namePrefix };
}

type OwnerConfig = Pick<Config, "rolePath" | "namePrefix" | "roles">;

/** What is wrong with the boundary, or with the tags by which the roles of bootstrap/ tell environments apart. */
export function ownerProblems(
  boundary: string | undefined,
  names: StackNames,
  accounts: readonly string[],
  texts: Readonly<Record<string, string>>,
): readonly Problem[] {
  const problems = new Problems();
  if (boundary === undefined) return problems.all();
  const arns = accounts.map((account) => boundaryArnOf(names, account));
  const own = accounts.length === 0 || arns.includes(boundary);
  problems.expect(own, "roles.permissionsBoundaryArn", `${arns.join(" or ")}, the boundary of this stack`, boundary);
  const tags = valueOf(texts["aws:defaultTags"]);
  const wanted = stackTagsOf(names);
  const tagged = Object.entries(wanted).every(([key, value]) => valueAt(tags, ["tags", key]) === value);
  const why = "with {roles.permissionsBoundaryArn}, whose roles tell environments apart by these tags";
  problems.expect(tagged, "aws:defaultTags", `tags: ${literal(JSON.stringify(wanted))} and others, ${why}`, tags);
  return problems.all();
}
