import { expect } from "chai";
import type { Registered } from "../support/deploy";
import { rightsOf } from "../support/rights";
import { RIGHTS } from "../support/rights-table";
import { ALL, deployVariant, stackOf, type Variant } from "../support/variants";

/** What the table says that a variant's policies allow and deny. */
function granted(variant: Variant): Record<string, string[]> {
  const rights: Record<string, string[]> = {};
  for (const [policy, variants, statements] of RIGHTS)
    if (variants.includes(variant)) (rights[policy] ??= []).push(...statements);
  return Object.fromEntries(Object.entries(rights).map(([policy, statements]) => [policy, statements.sort()]));
}

const PERMISSION = "aws:lambda/permission:Permission";

/** Who may invoke a function, how and from where. */
const permission = ({ inputs }: Registered): string => {
  const { function: called, principal, action, sourceArn, functionUrlAuthType, invokedViaFunctionUrl } = inputs;
  const source = sourceArn?.split(":").slice(5).join(":") ?? (invokedViaFunctionUrl ? "its URL" : functionUrlAuthType);
  return `${principal}: ${action} on ${called.replace("-1a2b3c4", "")} by ${source}`;
};

/** Permissions of functions in the stacks of the project, where a stage is named `Stage`. */
const INVOKED: readonly (readonly [variant: Variant, permissions: readonly string[]])[] = [
  ["dev", []],
  ["prod", []],
  [
    "local",
    [
      "*: lambda:InvokeFunctionUrl on vision-api-function by NONE",
      "*: lambda:InvokeFunction on vision-api-function by its URL",
    ],
  ],
  [
    "prod with everything",
    [
      "210987654321: lambda:InvokeFunctionUrl on vision-api-function by AWS_IAM",
      "210987654321: lambda:InvokeFunction on vision-api-function by its URL",
    ],
  ],
];

const BY_API = ["command", "query"].map(
  (service) =>
    `apigateway.amazonaws.com: lambda:InvokeFunction on cqrs-${service}-function by a1b2c3/Stage/*/${service}/{proxy+}`,
);

describe("rights", function () {
  this.timeout("2m");

  for (const variant of ALL) {
    it(`are those of the table in ${variant}, and no more`, async () => {
      const { resources } = await deployVariant(variant);
      const rights = Object.entries(rightsOf(resources, stackOf(variant)));
      const found = Object.fromEntries(rights.map(([policy, statements]) => [policy, [...statements].sort()]));
      expect(found).to.deep.equal(granted(variant));
    });

    it(`of a role are what its own policy says in ${variant}: no policy of AWS's or of another role is attached`, async () => {
      const { resources } = await deployVariant(variant);
      const attached = resources.filter(
        ({ type }) => /Attachment$|:(Policy|UserPolicy|GroupPolicy)$/.test(type) && type.startsWith("aws:iam/"),
      );
      expect(attached.map(({ name }) => name)).to.deep.equal([]);
      for (const { type, name, inputs } of resources) {
        if (type === "aws:iam/role:Role")
          expect(inputs, name).to.not.have.any.keys("managedPolicyArns", "inlinePolicies");
        if (type === "aws:iam/rolePolicy:RolePolicy")
          expect(name).to.equal(`${inputs["role"].replace("-1a2b3c4", "")}-policy`);
      }
    });
  }

  for (const [variant, permissions] of INVOKED) {
    it(`to invoke a function are in ${variant} those of its API${permissions.length > 0 ? " and its URL" : ""} alone`, async () => {
      const { resources } = await deployVariant(variant);
      const found = resources.filter(({ type }) => type === PERMISSION).map(permission);
      expect(found).to.have.members([...BY_API, ...permissions]);
    });
  }
});
