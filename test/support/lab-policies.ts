import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import type { LabStack } from "./lab";
import type { Statement } from "./grants";
import { call } from "./http";

const iam = new IAMClient({ region: "ap-northeast-1" });
const emulator = (path: string): string => `${process.env["AWS_ENDPOINT_URL"]}/_lab/${path}`;

/** Has IAM take some seconds until a change of a role counts; 0 for none. */
export async function setIamDelay(seconds: number): Promise<void> {
  const { status } = await call("PUT", emulator(`iam-delay?seconds=${seconds}`));
  if (status !== 200) throw new Error(`the lab answered ${status} when IAM was to take ${seconds} seconds`);
}

/** How often a role was allowed and refused something. */
interface Uses {
  readonly allowed: number;
  readonly refused: number;
}

/** What roles were allowed and refused since the emulator started: by role, action and resource. */
type AllUses = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Uses>>>>>>;

/** The policy of one role of a deployed stack. */
export class LabPolicy {
  private constructor(
    /** Logical name. */
    readonly name: string,
    readonly role: string,
    private readonly policyName: string,
    readonly statements: readonly Statement[],
  ) {}

  /** All of a stack. */
  static async of(stack: LabStack): Promise<LabPolicy[]> {
    const { deployment } = JSON.parse(await stack.state()) as { deployment: { resources: any[] } };
    const policies = deployment.resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
    return policies.map(({ urn, outputs: { role, name, policy } }) => {
      const { Statement } = JSON.parse(policy) as { Statement: Statement[] };
      return new LabPolicy(urn.split("::").at(-1), role, name, Statement);
    });
  }

  /** Does something while a statement is left out. */
  async without<T>(statement: Statement, act: () => Promise<T>): Promise<T> {
    await this.put(this.statements.filter((other) => other !== statement));
    try {
      return await act();
    } finally {
      await this.put(this.statements);
    }
  }

  /** What the role was allowed and refused, by action and resource. */
  async uses(): Promise<AllUses[string]> {
    const { body } = await call("GET", emulator("iam-uses"));
    return (body as AllUses)[this.role] ?? {};
  }

  /** Services that could not assume the role when they first asked. */
  async refusedServices(): Promise<string[]> {
    const asked = Object.entries((await this.uses())?.["sts:AssumeRole"] ?? {});
    return asked.filter(([, { refused }]) => refused > 0).map(([service]) => service);
  }

  private async put(statements: readonly Statement[]): Promise<void> {
    const names = { RoleName: this.role, PolicyName: this.policyName };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: statements });
    const change = statements.length === 0 ? new DeleteRolePolicyCommand(names) : undefined;
    await (change === undefined ? iam.send(new PutRolePolicyCommand({ ...names, PolicyDocument })) : iam.send(change));
  }
}
