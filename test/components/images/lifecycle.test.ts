import { expect } from "chai";
import fc from "fast-check";
import { publish } from "../../../components/images/steps/publish";
import { release } from "../../../components/images/steps/release";
import { appLifecycle, cacheLifecycle } from "../../../components/images/lifecycle";
import { afterLifecycle } from "../../support/ecr-lifecycle";
import { MemoryRepository } from "../../support/memory-repository";

/** A service's repository, what its consumers run, and what the last release recorded. */
interface World {
  readonly repository: MemoryRepository;
  live?: string;
  previous?: string;
  recorded?: string;
  day: number;
}

type Failure = "never" | "the build" | "a consumer" | "the release";
type Event =
  | { readonly kind: "deploy"; readonly version: number; readonly rebuild: number; readonly fails: Failure }
  | { readonly kind: "wait"; readonly days: number }
  | { readonly kind: "expire" };

/** An update, with the project's own publication and release, that fails where the event says. */
async function deploy(world: World, { version, rebuild, fails }: Extract<Event, { kind: "deploy" }>): Promise<void> {
  const { repository } = world;
  const tag = `content${version}`;
  const digest = `sha256:${version}-${rebuild}`;
  repository.push(digest, world.day);
  if (fails === "the build") return;
  const used = (await publish(repository, tag, digest, { maxMegabytes: 1, consumer: "lambda" })).split("@")[1] ?? "";
  if (fails === "a consumer") return;
  if (world.live !== used) Object.assign(world, { previous: world.live, live: used });
  if (fails === "the release") return;
  world.recorded = await release(repository, tag, world.recorded);
}

const FAILURES: readonly Failure[] = ["never", "the build", "a consumer", "the release"];
const deploys = fc.record({
  kind: fc.constant("deploy" as const),
  version: fc.nat(30),
  // The same content may build to another digest.
  rebuild: fc.nat(1),
  fails: fc.constantFrom(...FAILURES),
});
const waits = fc.record({ kind: fc.constant("wait" as const), days: fc.nat(400) });
const expiries = fc.constant({ kind: "expire" as const });
const histories = fc.array(
  fc.oneof({ weight: 8, arbitrary: deploys }, { weight: 1, arbitrary: waits }, { weight: 4, arbitrary: expiries }),
  { minLength: 1, maxLength: 120, size: "max" },
);

async function run(history: readonly Event[], imagesKept: number, check: (world: World) => void): Promise<void> {
  const world: World = { repository: new MemoryRepository(), day: 0 };
  for (const event of history) {
    if (event.kind === "deploy") await deploy(world, event);
    if (event.kind === "wait") world.day += event.days;
    if (event.kind === "expire") expire(world, imagesKept);
    check(world);
  }
}

function expire({ repository, day }: World, imagesKept: number): void {
  repository.images = afterLifecycle(appLifecycle(imagesKept), repository.images, day);
}

function expectInUseKept({ repository, live, previous }: World): void {
  const stored = new Set(repository.images.map(({ digest }) => digest));
  for (const used of [live, previous])
    if (used !== undefined) expect(stored.has(used), `${used} is in use`).to.equal(true);
}

const deployed = (version: number, fails: Failure = "never"): Event => ({ kind: "deploy", version, rebuild: 0, fails });

describe("appLifecycle", () => {
  it("never expires the live image or the one before it, whatever was deployed, failed or returned to", () =>
    fc.assert(
      fc.asyncProperty(histories, fc.integer({ min: 10, max: 12 }), (history, kept) =>
        run(history, kept, expectInUseKept),
      ),
      { numRuns: 1000 },
    )).timeout(60_000);

  it("lets go of what is no longer in use", async () => {
    const history = [...Array(40).keys()].flatMap((version): Event[] => [deployed(version), { kind: "expire" }]);
    let most = 0;
    let last = 0;
    await run(history, 10, ({ repository }) => {
      last = repository.images.length;
      most = Math.max(most, last);
    });
    // The one that was just deployed is the eleventh, until images expire.
    expect({ most, last }).to.deep.equal({ most: 11, last: 10 });
  });

  it("would lose the live image by counting alone: ten failed deploys after it", async () => {
    const world: World = { repository: new MemoryRepository(), day: 0 };
    for (let version = 0; version <= 10; version++) {
      const event = deployed(version, version === 0 ? "never" : "a consumer");
      if (event.kind === "deploy") await deploy(world, event);
    }
    expire(world, 10);
    expectInUseKept(world);
    await world.repository.untag((await world.repository.tags()).filter((tag) => tag.startsWith("live-")));
    expire(world, 10);
    expect(world.repository.images.map(({ digest }) => digest)).to.not.include(world.live);
  });

  it("reads as ECR wants it", () => {
    const [pinned, untagged, tagged] = appLifecycle(30).rules;
    expect(pinned?.selection).to.deep.include({ tagPatternList: ["live-*"], countType: "imageCountMoreThan" });
    expect(untagged?.selection).to.deep.equal({
      tagStatus: "untagged",
      countType: "sinceImagePushed",
      countUnit: "days",
      countNumber: 1,
    });
    expect(tagged?.selection).to.deep.equal({
      tagStatus: "tagged",
      tagPatternList: ["*"],
      countType: "imageCountMoreThan",
      countNumber: 30,
    });
    expect(appLifecycle(30).rules.map(({ rulePriority }) => rulePriority)).to.deep.equal([1, 2, 3]);
  });
});

describe("cacheLifecycle", () => {
  it("expires by age only, and keeps what a build rewrote", () => {
    const images = [
      { digest: "old", tags: new Set<string>(), pushedOn: 0 },
      { digest: "cache", tags: new Set(["cache"]), pushedOn: 10 },
    ];
    expect(afterLifecycle(cacheLifecycle(14), images, 20).map(({ digest }) => digest)).to.deep.equal(["cache"]);
  });
});
