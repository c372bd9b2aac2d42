/** Why a provider call failed, without what engines and providers add: the name of the call, the number of errors, the place in their code. */
export function reasonOf(said: string): string {
  const listed = /^\s*\* (.+)$/m.exec(said)?.[1];
  const [first = ""] = said.split("\n").filter((line) => line.trim() !== "");
  return (listed ?? first).replace(/^.*\binvoking \S+: /, "").trim();
}

/**
 * Whether a provider call failed because what it looked for does not exist, by AWS's error codes and by the provider's own words:
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/retry/error.go. Any other error, such as a missing
 * permission or expired credentials, says nothing of that.
 */
export function isAbsent(said: string): boolean {
  return ABSENT.test(reasonOf(said));
}

const ABSENT =
  /no matching|returned no results|couldn't find resource|(Image|Repository)NotFound|NoSuchEntity|Invalid(ServiceName|SubnetID|VpcID)/;
