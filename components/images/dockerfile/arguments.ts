import { located } from "./fault";
import { cut } from "./flags";
import type { Instruction } from "./instructions";
import { expand, type Variables, type WordRules } from "./words";
import { LINUX_ARM64, platformName } from "./platform-name";

/** Configured values of a Dockerfile's `ARG`s. */
export type BuildArgs = Readonly<Record<string, string>>;

/**
 * The variables in `FROM`: BuildKit's platform variables, and the `ARG`s before the first `FROM`. Configured values override
 * both: https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope
 *
 * @throws {DockerfileFault} if a default can't be expanded
 */
export function globalVariables(
  declared: readonly Instruction[],
  buildArgs: BuildArgs,
  target: string,
  builder: string,
  rules: WordRules,
): Variables {
  const variables = new Map(Object.entries(predefined(target, builder)));
  for (const name of variables.keys()) variables.set(name, given(buildArgs, name) ?? variables.get(name) ?? "");
  for (const { args, line } of declared) {
    for (const arg of args) located(line, () => declare(arg, variables, buildArgs, rules));
  }
  return variables;
}

function predefined(target: string, builder: string): Record<string, string> {
  return {
    BUILDPLATFORM: `linux/${builder}`,
    BUILDOS: "linux",
    BUILDOSVERSION: "",
    BUILDARCH: builder,
    BUILDVARIANT: "",
    TARGETPLATFORM: platformName(LINUX_ARM64),
    TARGETOS: LINUX_ARM64.os,
    TARGETOSVERSION: "",
    TARGETARCH: LINUX_ARM64.architecture,
    TARGETVARIANT: LINUX_ARM64.variant,
    TARGETSTAGE: target === "" ? "default" : target,
  };
}

/**
 * Gives a variable its value from `ARG`: the configured one, else the default, else its value outside the stage.
 *
 * @param outside variables outside the stage; none if the `ARG` itself is outside
 */
export function declare(
  arg: string,
  variables: Map<string, string>,
  buildArgs: BuildArgs,
  rules: WordRules,
  outside?: Variables,
): void {
  const [name, initial] = cut(arg, "=");
  const written = given(buildArgs, name) === undefined ? initial : undefined;
  const value = written === undefined ? given(buildArgs, name) : expand(written, variables, rules).text;
  const found = value ?? outside?.get(name);
  if (found !== undefined) variables.set(name, found);
}

function given(buildArgs: BuildArgs, name: string): string | undefined {
  return Object.hasOwn(buildArgs, name) ? buildArgs[name] : undefined;
}
