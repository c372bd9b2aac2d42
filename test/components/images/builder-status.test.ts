import { expect } from "chai";
import { builderProblem } from "../../../components/images/builder-status";

/** As `docker buildx inspect` writes it. */
const inspected = (platforms: string) => `Name:   arm64
Driver: docker-container

Nodes:
Name:             arm640
Endpoint:         unix:///var/run/docker.sock
Status:           running
BuildKit version: v0.31.0
Platforms:        ${platforms}
`;
const problemOf = (text: string | undefined, succeeded = true) => builderProblem({ text, succeeded });
const INSTEAD = "or set images.route to codebuild, which builds in AWS";

describe("builderProblem", () => {
  it("is none where the builder builds for arm64, natively, emulated or by configuration", () => {
    for (const platforms of ["linux/arm64", "linux/amd64, linux/amd64/v2, linux/arm64, linux/386", "linux/arm64*"])
      expect(problemOf(inspected(platforms)), platforms).to.equal(undefined);
  });

  it("is none where the builder was not started and does not tell", () => {
    expect(problemOf("Name:   arm64\nDriver: docker-container\n\nNodes:\nName: arm640\nStatus: inactive\n")).to.equal(
      undefined,
    );
  });

  it("counts the platforms of every node", () => {
    expect(problemOf(`${inspected("linux/amd64")}\n${inspected("linux/arm64")}`)).to.equal(undefined);
  });

  const REFUSED: [string, string | undefined, boolean, string][] = [
    ["no docker", undefined, false, `there is no docker on the PATH; install Docker with buildx, ${INSTEAD}`],
    [
      "no daemon",
      "Name:   default\nDriver: \nError:  failed to connect to the docker API at unix:///nope\n",
      true,
      `no builder answers (failed to connect to the docker API at unix:///nope); start Docker, or name one in BUILDX_BUILDER, ${INSTEAD}`,
    ],
    [
      "a builder that does not exist",
      'ERROR: no builder "nope" found\n',
      false,
      `no builder answers (no builder "nope" found); start Docker, or name one in BUILDX_BUILDER, ${INSTEAD}`,
    ],
    [
      "a docker without buildx",
      "docker: 'buildx' is not a docker command.\nSee 'docker --help'\n",
      false,
      `docker has no buildx (docker: 'buildx' is not a docker command.); install it, ${INSTEAD}`,
    ],
    [
      "another platform",
      inspected("linux/amd64, linux/386"),
      true,
      `the builder builds for linux/amd64, linux/386, not for linux/arm64; install QEMU's binfmt handlers, ${INSTEAD}`,
    ],
  ];
  for (const [what, text, succeeded, problem] of REFUSED) {
    it(`tells of ${what}`, () => expect(problemOf(text, succeeded)).to.equal(problem));
  }
});
