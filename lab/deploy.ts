import { projectRoot } from "./paths";
import { runCommand } from "./run-command";

const stack = "local";

/** Deploys the `local` stack and says how to try it; resolves to the exit status of what failed, else to 0. */
export async function deploy(): Promise<number> {
  const selected = await runCommand("pulumi", ["stack", "select", "--create", stack], projectRoot);
  if (selected !== 0) return selected;
  const deployed = await runCommand("pulumi", ["up", "--stack", stack, "--yes", "--skip-preview"], projectRoot);
  if (deployed === 0)
    console.log(`Try it:\n  curl "$(lab/run pulumi stack output cqrsCommandUrl -s ${stack})/v1/healthcheck"`);
  return deployed;
}
