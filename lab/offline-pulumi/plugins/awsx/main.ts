import { version } from "@pulumi/awsx/package.json";
import { main, type ConstructResult, type Provider } from "@pulumi/pulumi/provider";
import { Vpc } from "./vpc";

/** Answers for the official awsx plugin where it can't be installed: `awsx:ec2:Vpc`, and nothing else. */
const provider: Provider = {
  version,
  async construct(name, type, inputs, options): Promise<ConstructResult> {
    if (type !== "awsx:ec2:Vpc") throw new Error(`the lab's awsx plugin knows only awsx:ec2:Vpc; got ${type}`);
    const vpc = new Vpc(name, inputs, options);
    const state = await vpc.outputs();
    return { urn: vpc.urn, state };
  },
};

void main(provider, process.argv.slice(2));
