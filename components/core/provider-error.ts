/** Why a provider call failed, without what engines and providers add: the name of the call, the number of errors, the place in their code. */
export function reasonOf(said: string): string {
  const listed = /^\s*\* (.+)$/m.exec(said)?.[1];
  const [first = ""] = said.split("\n").filter((line) => line.trim() !== "");
  return (listed ?? first).replace(/^.*\binvoking \S+: /, "").trim();
}
