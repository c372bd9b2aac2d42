import { spawnSync } from "node:child_process";

/** What one run of the program costs. */
interface Cost {
  readonly milliseconds: number;
  readonly megabytes: number;
}

const RUNS = 5;

/** Runs the program of a stack in a process of its own, mocks and all. */
function measure(script: string): Cost {
  const code = `
    const start = performance.now();
    ${script}
      .then(() => console.log(JSON.stringify({
        milliseconds: performance.now() - start,
        megabytes: process.resourceUsage().maxRSS / 1024,
      })));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "-e", code], { encoding: "utf8" });
  const line = stdout.trim().split("\n").at(-1);
  if (line === undefined || !line.startsWith("{")) throw new Error(stderr);
  return JSON.parse(line) as Cost;
}

function median(costs: readonly Cost[]): Cost {
  const middle = Math.floor(costs.length / 2);
  const of = (key: keyof Cost) => costs.map((cost) => cost[key]).sort((a, b) => a - b)[middle] ?? NaN;
  return { milliseconds: of("milliseconds"), megabytes: of("megabytes") };
}

/** Interleaved, so that a slow moment of the machine hits both. */
const base: Cost[] = [];
const program: Cost[] = [];
for (let run = 0; run < RUNS; run++) {
  base.push(measure('import("@pulumi/pulumi")'));
  program.push(measure('import("./test/support/program.ts").then(({ deployProgram }) => deployProgram("prod"))'));
}
const [empty, prod] = [median(base), median(program)];
const row = (name: string, { milliseconds, megabytes }: Cost) =>
  console.log(`${name.padEnd(28)}${milliseconds.toFixed(0).padStart(8)} ms${megabytes.toFixed(0).padStart(8)} MB`);
row("importing @pulumi/pulumi", empty);
row("the program for prod, mocked", prod);
console.log(
  `ratio${(prod.milliseconds / empty.milliseconds).toFixed(2).padStart(31)}${(prod.megabytes / empty.megabytes).toFixed(2).padStart(11)}`,
);
