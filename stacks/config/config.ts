import * as pulumi from "@pulumi/pulumi";
import { report } from "../../components/core/problems";
import { namePrefixOf, rolePathOf, type StackNames } from "../../components/core/stack-names";
import type { ResolvedNetwork } from "../../components/network/network-rules";
import { givenConfig, type GivenConfig } from "./given";
import type { Project } from "./kind";
import { networkDemands } from "./network-demands";
import { providerConfig, type ProviderConfig } from "./provider";
import { readValues } from "./read";
import type { ConfigValues } from "./schema";

/** Everything that a stack's configuration decides, checked. */
export interface Config extends Omit<ConfigValues, "expectedRegion" | "network"> {
  /** Starts the names that are unique in an account, so that stacks can share one: `<project>-<stack>`. */
  readonly namePrefix: string;
  /** Path of the roles: `/<project>/<stack>/`. */
  readonly rolePath: string;
  readonly region: string;
  /** The network, with what the stack's services ask of it. */
  readonly network: ResolvedNetwork;
  readonly provider: ProviderConfig;
}

/**
 * The configuration of the stack that is being deployed.
 *
 * @throws a `RunError` that names every problem with the configuration, before any resource is created
 */
export function readConfig(project: Project): Config {
  const names = { project: pulumi.getProject(), stack: pulumi.getStack() };
  return parseConfig(givenConfig(pulumi.runtime.allConfig(), process.env), names, project);
}

/** As {@link readConfig}, from configuration as the engine hands it over. */
export function parseConfig(given: GivenConfig, names: StackNames, project: Project): Config {
  const { values, problems } = readValues(given, names, project);
  if (problems.length > 0) {
    const where = `Each key is described in docs/configuration.md; the stack's values are in Pulumi.${names.stack}.yaml.`;
    throw new pulumi.RunError(`Configuration of stack "${names.stack}": ${report(problems)}\n${where}`);
  }
  const { expectedRegion: region, ...others } = values;
  const network = { ...values.network, ...networkDemands(project, values) };
  return {
    ...others,
    namePrefix: namePrefixOf(names),
    rolePath: rolePathOf(names),
    region,
    network,
    provider: providerConfig(given.texts),
  };
}
