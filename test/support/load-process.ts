import { call } from "./http";

/** What a load has seen: answers below 500, and everything else. */
interface Seen {
  served: number;
  failed: number;
  failures: string[];
}

const IN_PARALLEL = 4;

/** Asks for a URL again and again, until standard input ends; then prints what it saw. */
async function main(url: string): Promise<void> {
  const seen: Seen = { served: 0, failed: 0, failures: [] };
  let ending = false;
  process.stdin.resume().on("end", () => (ending = true));
  const ask = async () => {
    while (!ending) await once(url, seen);
  };
  await Promise.all(Array.from({ length: IN_PARALLEL }, ask));
  console.log(JSON.stringify(seen));
}

async function once(url: string, seen: Seen): Promise<void> {
  const answer = await call("GET", url).then(
    ({ status }) => (status < 500 ? undefined : `status ${status}`),
    (error: unknown) => String(error),
  );
  if (answer === undefined) seen.served += 1;
  else {
    seen.failed += 1;
    seen.failures.push(`${new Date().toISOString()} ${answer}`);
  }
}

void main(process.argv[2] ?? "");
