import { longestName } from "../../components/core/component-name";
import { literal, type Problem } from "../../components/core/problems";
import type { Project } from "./kind";
import { SHARED_KEYS } from "./schema";

/** Names of what services share: resources and outputs begin with them too. */
const SHARED_NAMES = ["network", "image-builder", "alarms", "dashboard"];

/** Form of the names that resources and outputs begin with, in words. */
export const NAME_FORM = "lower-case letters and digits, with - between words";

/** Whether a name is of {@link NAME_FORM}: AWS takes no others in the names that follow from it. */
export function isWellFormed(name: string): boolean {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name);
}

/** The start of the names of a service's outputs. */
export function outputPrefix(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** What is wrong with the names that services have in `stacks/services.ts`. */
export function serviceNameProblems(project: Project): readonly Problem[] {
  return Object.keys(project).flatMap((name) => {
    const problem = nameProblem(name, project);
    return problem === undefined
      ? []
      : [{ property: `Service ${name || '""'} in stacks/services.ts`, message: literal(problem) }];
  });
}

/** Services whose names are taken; what is wrong with others may follow from their names. */
export function wellNamed(services: readonly string[], project: Project): readonly string[] {
  return services.filter((name) => nameProblem(name, project) === undefined);
}

function nameProblem(name: string, project: Project): string | undefined {
  const others = Object.keys(project).filter((other) => other !== name);
  return formProblem(name) ?? clashProblem(name, [...SHARED_NAMES, ...others]) ?? lengthProblem(name, project);
}

function formProblem(name: string): string | undefined {
  if (!isWellFormed(name)) return `must be named by ${NAME_FORM}: AWS takes no others in the names that follow from it`;
  return SHARED_KEYS.includes(name) ? "must have another name: the configuration has a key of this name" : undefined;
}

/** Names of resources are the service's, a hyphen and more; those of outputs the service's without hyphens and more. */
function clashProblem(name: string, others: readonly string[]): string | undefined {
  const begun = others.find((other) => name === other || name.startsWith(`${other}-`));
  if (begun !== undefined)
    return `must not begin with ${begun}: resources and outputs of both would have the same names`;
  const same = others.find((other) => outputPrefix(other) === outputPrefix(name));
  return same === undefined
    ? undefined
    : `must differ from ${same} by more than a hyphen: their outputs have the same names`;
}

function lengthProblem(name: string, project: Project): string | undefined {
  const components = project[name]?.names(name).components ?? [];
  const longest = Math.min(
    ...components.map(([component, tightest]) => longestName(tightest) - (component.length - name.length)),
  );
  // Where no name is short enough, another part of the names is too long, which its kind reports.
  if (name.length <= longest || longest < 1) return undefined;
  return `must have a name of ${longest} characters at most: AWS takes no longer ones in the names that follow from it`;
}
