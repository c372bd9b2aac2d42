import { Command } from "commander";
import { deploy } from "./deploy";
import { down } from "./down";
import { exclusively } from "./exclusive";
import { LabError, ShownError } from "./lab-error";
import { runCommand } from "./run-command";
import { status } from "./status";
import { up } from "./up";

const program = new Command("lab")
  .description("The whole system on this machine: Pulumi, the AWS provider and BuildKit against an AWS emulator.")
  .enablePositionalOptions(); // options after `run <command>` are the command's

program
  .command("up")
  .description("start the lab and deploy the local stack")
  .option("--no-deploy", "start the lab only")
  .action(async (options: { deploy: boolean }) => {
    const seconds = stopwatch();
    await up();
    console.log(`The lab runs after ${seconds()} s.`);
    if (!options.deploy) return;
    process.exitCode = await deploy();
    if (process.exitCode === 0) console.log(`Deployed after ${seconds()} s.`);
  });

program
  .command("down")
  .description("stop what `up` started, and nothing else")
  .action(async () => {
    const stopped = await exclusively(down);
    console.log(stopped.length === 0 ? "The lab was not running." : `Stopped: ${stopped.join(", ")}.`);
  });

program
  .command("status")
  .description("show what runs; fails where the lab is not up")
  .action(() => {
    const { isUp, lines } = status();
    console.log(lines.join("\n"));
    process.exitCode = isUp ? 0 : 1;
  });

program
  .command("run")
  .description("run a command in the lab's environment")
  .argument("<command>")
  .argument("[args...]")
  .passThroughOptions()
  .allowUnknownOption()
  .helpOption(false)
  .action(async (command: string, args: string[]) => {
    process.exitCode = await runCommand(command, args);
  });

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof ShownError)) console.error(error instanceof LabError ? error.message : error);
  process.exitCode = 1;
});

function stopwatch(): () => string {
  const start = performance.now();
  return () => ((performance.now() - start) / 1000).toFixed(1);
}
