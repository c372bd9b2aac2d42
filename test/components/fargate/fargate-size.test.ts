import { expect } from "chai";
import fc from "fast-check";
import { FARGATE_SIZES, fargateSizeProblems } from "../../../components/fargate/fargate-size";

describe("fargateSizeProblems", () => {
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html, in GiB: least, most, step, how many.
  const TABLE: [number, number, number, number, number][] = [
    [512, 1, 4, 1, 4],
    [1024, 2, 8, 1, 7],
    [2048, 4, 16, 1, 13],
    [4096, 8, 30, 1, 23],
    [8192, 16, 60, 4, 12],
    [16_384, 32, 120, 8, 12],
  ];
  for (const [cpu, least, most, step, count] of TABLE) {
    it(`knows ${cpu} CPU units with ${least} to ${most} GiB`, () => {
      const sizes = FARGATE_SIZES.get(cpu) ?? [];
      expect([sizes[0], sizes.at(-1), sizes.length]).to.deep.equal([least * 1024, most * 1024, count]);
      expect(sizes.every((size) => (size - least * 1024) % (step * 1024) === 0)).to.equal(true);
    });
  }

  it("knows 256 CPU units with a half, one and two GiB", () =>
    expect(FARGATE_SIZES.get(256)).to.deep.equal([512, 1024, 2048]));

  // The steps between them are not even.
  it("knows 32768 CPU units with 60, 120 and 244 GiB", () =>
    expect(FARGATE_SIZES.get(32_768)).to.deep.equal([61_440, 122_880, 249_856]));

  const BAD: [number, number, string][] = [
    [300, 512, "cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384, 32768; got 300"],
    [
      256,
      4096,
      "memoryMiB must be 512 or 1024 or 2048 where {cpu} is 256 (4096 needs {cpu} 512 or 1024 or 2048); got 4096",
    ],
    [512, 512, "memoryMiB must be 1024 or 2048 or 3072 or 4096 where {cpu} is 512 (512 needs {cpu} 256); got 512"],
    [256, 513, "memoryMiB must be 512 or 1024 or 2048 where {cpu} is 256; got 513"],
    [4096, 31_744, "memoryMiB must be 8192 to 30720 in steps of 1024 where {cpu} is 4096; got 31744"],
    [
      8192,
      21_504,
      "memoryMiB must be 16384 to 61440 in steps of 4096 where {cpu} is 8192 (21504 needs {cpu} 4096); got 21504",
    ],
  ];
  for (const [cpu, memoryMiB, expected] of BAD) {
    it(`refuses ${cpu} with ${memoryMiB}`, () => {
      const [problem, ...others] = fargateSizeProblems(cpu, memoryMiB);
      expect(`${problem?.property} ${problem?.message}`).to.equal(expected);
      expect(others).to.deep.equal([]);
    });
  }

  it("takes every pair of the table and no other, and names a pair that it takes", () => {
    const cpus = fc.constantFrom(...FARGATE_SIZES.keys());
    const memories = fc.oneof(
      fc.integer({ min: 1, max: 260 }).map((gib) => gib * 1024),
      fc.nat(300_000),
    );
    fc.assert(
      fc.property(cpus, memories, (cpu, memoryMiB) => {
        const problems = fargateSizeProblems(cpu, memoryMiB);
        expect(problems.length === 0).to.equal(FARGATE_SIZES.get(cpu)?.includes(memoryMiB));
        const [, other] = /needs {cpu} (\d+)/.exec(problems[0]?.message ?? "") ?? [];
        if (other !== undefined) expect(fargateSizeProblems(Number(other), memoryMiB)).to.deep.equal([]);
      }),
      { numRuns: 2000 },
    );
  });
});
