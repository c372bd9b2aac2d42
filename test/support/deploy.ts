import { setTimeout } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import * as state from "@pulumi/pulumi/runtime/state";
import { setOwner } from "../../components/core/owner";
import { answer, outputsOf } from "./cloud";

// What never ends, such as a registration that failed, is waited for this long.
const [MOST_ROUNDS, PAUSE] = [100, 10];

/** A resource as the program registered it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Full URN of the parent; empty for the stack's own children. */
  readonly parent: string;
  /** Its inputs, secrets unwrapped. */
  readonly inputs: Record<string, any>;
  /** Names of the inputs that are secret. */
  readonly secrets: readonly string[];
  readonly custom: boolean;
  /** Whether a provider makes it and what is below it, as awsx does. */
  readonly remote: boolean;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** Inputs whose change is nobody's business here. */
  readonly ignoreChanges: readonly string[];
  /** `<URN>::<id>` of the provider that makes it; empty for the stack's own. */
  readonly provider: string;
  /** URNs that it waits for. */
  readonly dependencies: readonly string[];
  /** URNs that the value of an input comes from, by the input's name. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** A component and the outputs that it registered. */
export interface Finished {
  readonly component: pulumi.ComponentResource;
  readonly outputs: Record<string, unknown>;
}

/** What one run of a program did. */
export interface Deployment<T> {
  readonly result: T;
  readonly resources: readonly Registered[];
  readonly finished: readonly Finished[];
  /** The one resource of a type and logical name. */
  readonly get: (type: string, name: string) => Registered;
  /** `[type, name]` of everything but the stack, sorted. */
  readonly names: () => [string, string][];
}

/** How a program is run. */
export interface DeployOptions {
  readonly preview?: boolean;
  readonly stack?: string;
  /** @default - that of the tests' project */
  readonly project?: string;
  readonly config?: Record<string, string>;
}

const PROJECT = "graviton-containers";

/** Runs a program against mocks of its own and waits until it registers nothing more. A call that is not mocked fails it. */
export async function deploy<T>(build: () => T, options: DeployOptions = {}): Promise<Deployment<T>> {
  const { preview = false, stack = "test", project = PROJECT, config = {} } = options;
  const resources: Registered[] = [];
  const finished: Finished[] = [];
  // A program that ran before in this process may have set it.
  setOwner({});
  const mocks = {
    call: answer,
    newResource: (args: pulumi.runtime.MockResourceArgs) => outputsOf(args, preview),
  };
  await pulumi.runtime.setMocks(mocks, project, stack, preview);
  pulumi.runtime.setAllConfig(config);
  const restore = [recordRequests(resources), recordOutputs(finished)];
  try {
    const result = build();
    await settle(() => resources.length + finished.length);
    return {
      result,
      resources,
      finished,
      get: (type, name) => find(resources, type, name),
      names: () => namesOf(resources),
    };
  } finally {
    restore.forEach((undo) => undo());
  }
}

/** The value of an output. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

function recordRequests(resources: Registered[]): () => void {
  const monitor: any = pulumi.runtime.getMonitor();
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request: any, callback: (error: unknown, response: any) => void) =>
    register(request, (error: unknown, response: any) => {
      if (!error) resources.push(registeredOf(request, response.getUrn()));
      callback(error, response);
    });
  return () => delete monitor.registerResource;
}

function registeredOf(request: any, urn: string): Registered {
  const raw = pulumi.runtime.deserializeProperties(request.getObject());
  const values = Object.entries(raw).map(
    ([key, value]) => [key, pulumi.runtime.isRpcSecret(value), pulumi.runtime.unwrapRpcSecret(value)] as const,
  );
  return {
    type: request.getType(),
    name: request.getName(),
    urn,
    parent: request.getParent(),
    inputs: Object.fromEntries(values.map(([key, , value]) => [key, value])),
    secrets: values.filter(([, secret]) => secret).map(([key]) => key),
    custom: request.getCustom(),
    remote: request.getRemote(),
    protect: request.getProtect(),
    retainOnDelete: request.getRetainondelete(),
    ignoreChanges: request.getIgnorechangesList(),
    provider: request.getProvider(),
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(
      [...request.getPropertydependenciesMap().entries()].map(([key, value]: [string, any]) => [
        key,
        value.getUrnsList(),
      ]),
    ),
  };
}

function recordOutputs(finished: Finished[]): () => void {
  const prototype: any = pulumi.ComponentResource.prototype;
  const { registerOutputs } = prototype;
  prototype.registerOutputs = function (this: pulumi.ComponentResource, outputs: Record<string, unknown>) {
    // The SDK itself ends a component that ends without a call.
    if (outputs !== undefined) finished.push({ component: this, outputs });
    return registerOutputs.call(this, outputs);
  };
  return () => (prototype.registerOutputs = registerOutputs);
}

/** How many promises of the SDK have not ended. Its types leave the store out. */
function unended(): number {
  const { getStore }: any = state;
  return getStore().leakCandidates.size;
}

/** One `disconnect` is not enough: what an output resolves may register more, on a busy machine much later. */
async function settle(count: () => number): Promise<void> {
  for (let stable = 0, before = -1, rounds = 0; stable < 3; rounds++) {
    await pulumi.runtime.disconnect();
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    const waits = unended() > 0 && rounds < MOST_ROUNDS;
    if (waits) await setTimeout(PAUSE);
    stable = !waits && count() === before ? stable + 1 : 0;
    before = count();
  }
}

function find(resources: readonly Registered[], type: string, name: string): Registered {
  const found = resources.filter((resource) => resource.type === type && resource.name === name);
  const [only] = found;
  if (found.length !== 1 || only === undefined) {
    throw new Error(
      `expected one ${type} "${name}", found ${found.length} among:\n${namesOf(resources)
        .map((pair) => pair.join(" "))
        .join("\n")}`,
    );
  }
  return only;
}

function namesOf(resources: readonly Registered[]): [string, string][] {
  const pairs = resources
    .filter(({ type }) => type !== "pulumi:pulumi:Stack")
    .map(({ type, name }): [string, string] => [type, name]);
  return pairs.sort((a, b) => (a.join(" ") < b.join(" ") ? -1 : 1));
}
