/** Why a call of a provider failed, without what engines and providers put around it: which call it was, how many errors there are, where in their code. */
export function reasonOf(said: string): string {
  const listed = /^\s*\* (.+)$/m.exec(said)?.[1];
  const [first = ""] = said.split("\n").filter((line) => line.trim() !== "");
  return (listed ?? first).replace(/^.*\binvoking \S+: /, "").trim();
}
