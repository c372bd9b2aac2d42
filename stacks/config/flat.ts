import { renamed, type Problem } from "../../components/core/problems";

/** Problems with arguments of objects by the names that their flat keys end with: `cors.origins` -> `corsOrigins`. */
export function flat(problems: readonly Problem[]): readonly Problem[] {
  return renamed(problems, (argument) =>
    argument
      .replace(
        /^(azure|api|cors|jwt|throttle|url|worker|check)\.(\w)/,
        (_, object: string, first: string) => object + first.toUpperCase(),
      )
      .replace(/^throttle(\w)/, (_, first: string) => first.toLowerCase())
      .replace(/^local$/, "localEngine"),
  );
}
