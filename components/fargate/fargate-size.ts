import { Problems, type Problem } from "../core/problems";

const range = (leastGib: number, mostGib: number, stepGib: number): readonly number[] =>
  Array.from({ length: (mostGib - leastGib) / stepGib + 1 }, (_, index) => (leastGib + index * stepGib) * 1024);

/**
 * CPU units of a Fargate task on Linux, and the memory in MiB that each goes with, on either architecture:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
export const FARGATE_SIZES: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, range(1, 4, 1)],
  [1024, range(2, 8, 1)],
  [2048, range(4, 16, 1)],
  [4096, range(8, 30, 1)],
  [8192, range(16, 60, 4)],
  [16_384, range(32, 120, 8)],
  [32_768, [60 * 1024, 120 * 1024, 244 * 1024]],
]);

/** Problems with a task's size: Fargate supports only the pairs in its table. */
export function fargateSizeProblems(cpu: number, memoryMiB: number): readonly Problem[] {
  const problems = new Problems();
  const memories = FARGATE_SIZES.get(cpu);
  problems.expect(memories !== undefined, "cpu", `one of ${[...FARGATE_SIZES.keys()].join(", ")}`, cpu);
  if (memories === undefined) return problems.all();
  const fitting = [...FARGATE_SIZES].filter(([, sizes]) => sizes.includes(memoryMiB)).map(([units]) => units);
  const otherwise = fitting.length === 0 ? "" : ` (${memoryMiB} needs {cpu} ${fitting.join(" or ")})`;
  const allowed = `${inWords(memories)} where {cpu} is ${cpu}${otherwise}`;
  problems.expect(memories.includes(memoryMiB), "memoryMiB", allowed, memoryMiB);
  return problems.all();
}

/** Few sizes one by one, many as a range. */
function inWords(sizes: readonly number[]): string {
  if (sizes.length <= 4) return sizes.join(" or ");
  const [first = 0, second = 0] = sizes;
  return `${first} to ${Math.max(...sizes)} in steps of ${second - first}`;
}
