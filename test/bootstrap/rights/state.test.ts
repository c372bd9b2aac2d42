import { expect } from "chai";
import { readStateStatements, writeStateStatements } from "../../../bootstrap/rights/state";
import { ENVIRONMENT, STORE } from "../../support/delivery";
import { isAllowed } from "../../support/iam-policy";

const object = (path: string): string => `arn:aws:s3:::${STORE.bucket}/.pulumi/${path}`;
const key = "arn:aws:kms:ap-northeast-1:123456789012:key/1a2b3c4";
const keys = { "kms:ResourceAliases": ["alias/pulumi-state"] };

describe("the statements about the state", () => {
  const read = readStateStatements(ENVIRONMENT, STORE);
  const write = writeStateStatements(ENVIRONMENT, STORE);

  it("let a preview read the stack and its secrets, and write nothing", () => {
    const stack = object("stacks/graviton-containers/dev.json");
    expect(isAllowed(read, { action: "s3:GetObject", resource: stack, keys: {} })).to.equal(true);
    expect(isAllowed(read, { action: "kms:Decrypt", resource: key, keys })).to.equal(true);
    for (const action of ["s3:PutObject", "s3:DeleteObject", "kms:Encrypt"])
      expect(isAllowed(read, { action, resource: action.startsWith("kms") ? key : stack, keys }), action).to.equal(
        false,
      );
  });

  // https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/store.go
  it("let an update write the stack, its lock, history and backups", () => {
    const paths = [
      "stacks/graviton-containers/dev.json",
      "stacks/graviton-containers/dev.json.bak",
      "locks/organization/graviton-containers/dev/0b1c.json",
      "history/graviton-containers/dev/dev-1.history.json",
      "backups/graviton-containers/dev/dev.1.json",
    ];
    for (const path of paths)
      expect(isAllowed(write, { action: "s3:PutObject", resource: object(path), keys: {} }), path).to.equal(true);
    const other = { action: "s3:PutObject", resource: object("stacks/graviton-containers/dev-2.json"), keys: {} };
    expect(isAllowed(write, other)).to.equal(false);
  });
});
