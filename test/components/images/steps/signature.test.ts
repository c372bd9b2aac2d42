import { expect } from "chai";
import type { Signature } from "../../../../components/images/steps/repository";
import { awaitSignature } from "../../../../components/images/steps/signature";
import { MemoryRepository } from "../../../support/memory-repository";
import { rejection } from "../../../support/rejection";

const PROFILE = "arn:aws:signer:ap-northeast-1:123456789012:/signing-profiles/images";
const IN_PROGRESS: Signature = { status: "IN_PROGRESS", reason: "" };
const COMPLETE: Signature = { status: "COMPLETE", reason: "" };

/** Waits for a signature of which ECR gives these answers; tells how many seconds it took. */
async function waitFor(...answers: (Signature | undefined)[]): Promise<number> {
  const repository = new MemoryRepository();
  repository.signatures = answers;
  let now = 0;
  const clock = { now: () => now, sleep: (milliseconds: number) => Promise.resolve(void (now += milliseconds)) };
  await awaitSignature(repository, "sha256:a", PROFILE, clock);
  return now / 1000;
}

describe("awaitSignature", () => {
  it("ends at once where the image is signed", async () => expect(await waitFor(COMPLETE)).to.equal(0));

  it("waits while ECR begins and signs", async () =>
    expect(await waitFor(undefined, IN_PROGRESS, COMPLETE)).to.equal(6));

  it("says why ECR could not sign", async () => {
    const failed = { status: "FAILED", reason: "the profile was revoked" };
    expect(await rejection(waitFor(IN_PROGRESS, failed))).to.equal(
      `ECR could not sign registry.test/app@sha256:a with ${PROFILE}: the profile was revoked. Does the role that pushed the image have permission to use the profile?`,
    );
  });

  it("says what is missing where ECR was not told to sign", async () => {
    expect(await rejection(waitFor(undefined))).to.equal(
      `ECR does not sign registry.test/app@sha256:a with ${PROFILE}: the registry's signing configuration must have a rule with this profile for the repository (aws ecr put-signing-configuration)`,
    );
  });

  it("gives up where it takes too long", async () => {
    expect(await rejection(waitFor(IN_PROGRESS))).to.equal(
      `ECR has not signed registry.test/app@sha256:a with ${PROFILE} within 120 seconds; run the update again`,
    );
  });
});
