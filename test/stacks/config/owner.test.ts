import { expect } from "chai";
import { ownerOf, ownerProblems } from "../../../stacks/config/owner";
import { report } from "../../../components/core/problems";

const BOUNDARY = "arn:aws:iam::123456789012:policy/shop/dev/boundary";
const tags = (environment: string) => ({
  "aws:defaultTags": JSON.stringify({ tags: { project: "shop", environment } }),
});
const names = { project: "shop", stack: "dev" };
const problems = (boundary: string | undefined, texts: Readonly<Record<string, string>>) =>
  report(ownerProblems(boundary, names, ["123456789012"], texts));

describe("ownerOf", () => {
  it("tells a stack's roles and buckets apart by project and stack", () => {
    const owner = ownerOf({
      rolePath: "/shop/dev/",
      namePrefix: "shop-dev",
      roles: { permissionsBoundaryArn: BOUNDARY },
    });
    expect(owner).to.deep.equal({ rolePath: "/shop/dev/", bucketPrefix: "shop-dev", permissionsBoundaryArn: BOUNDARY });
  });
});

describe("ownerProblems", () => {
  it("accepts the stack's own boundary with the stack's tags, and no boundary with any tags", () => {
    expect(problems(BOUNDARY, tags("dev"))).to.equal("no problems");
    expect(problems(undefined, {})).to.equal("no problems");
  });

  it("refuses another's boundary, and tags by which the roles of bootstrap/ would not know the stack's resources", () => {
    expect(problems(BOUNDARY.replace("dev", "prod"), tags("dev"))).to.equal(
      `roles.permissionsBoundaryArn must be ${BOUNDARY}, the boundary of this stack; got "${BOUNDARY.replace("dev", "prod")}"`,
    );
    const why = "and others, with roles.permissionsBoundaryArn, whose roles tell environments apart by these tags";
    expect(problems(BOUNDARY, tags("test"))).to.equal(
      `aws:defaultTags must be tags: {"project":"shop","environment":"dev"} ${why}; got {"tags":{"project":"shop","environment":"test"}}`,
    );
    expect(problems(BOUNDARY, {})).to.match(/^aws:defaultTags must be tags: .*; got nothing$/);
  });
});
