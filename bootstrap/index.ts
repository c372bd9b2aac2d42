import { namePrefixOf } from "../components/core/stack-names";
import {
  createProviders,
  createServiceLinkedRoles,
  createStateStore,
  createTransactionSearch,
  stateStoreOf,
} from "./account";
import { readConfig } from "./config";
import { EnvironmentRoles } from "./environment-roles";
import { preflight } from "./preflight";

/** What an account needs once, and the roles of each environment in it. */
async function bootstrap() {
  const config = readConfig();
  await preflight(config);
  const dependsOn = [...createProviders(config)];
  const store = stateStoreOf(config);
  if (store !== undefined) createStateStore(store);
  createServiceLinkedRoles(config);
  if (config.transactionSearch) createTransactionSearch(config);
  const { account, github, pulumiCloud } = config;
  const trusted = { github, organization: pulumiCloud?.organization };
  const environments = config.environments.map(({ workloadActions, ...named }) => {
    const environment = { ...named, account };
    const name = namePrefixOf(environment);
    const { roleArns, boundaryArn } = new EnvironmentRoles(
      name,
      { environment, trusted, store, workloadActions },
      { dependsOn },
    );
    const { temporary } = environment;
    return [name, { roleArns, permissionsBoundaryArn: boundaryArn, temporary }] as const;
  });
  return { environments: Object.fromEntries(environments), stateBucket: store?.bucket };
}

export = bootstrap;
