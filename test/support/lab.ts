import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { LocalWorkspace, type EngineEvent, type Stack } from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import { modelReport } from "./api-model";
import { withServices, type ServiceName } from "./services";

/** What an update or preview did to one resource. */
export interface Step {
  /** `create`, `update`, `replace`, `delete`, ... */
  readonly op: string;
  readonly type: string;
  readonly name: string;
}

/** `<op> <type> <name>` of each step, sorted. */
export const names = (steps: readonly Step[]) => steps.map(({ op, type, name }) => `${op} ${type} ${name}`).sort();

/** What a stack in the lab is configured as. */
interface LabOptions {
  /** The stack whose configuration it has. @default local */
  readonly model?: string;
  /** Those of its services that it has, so that a test deploys only what it is about. @default - all */
  readonly services?: readonly ServiceName[];
}

/** A copy of the project with a stack of its own in the lab, so that tests can change sources and share the emulator. */
export class LabStack {
  /** What the last `pulumi up` printed. */
  printed = "";

  private constructor(
    /** Folder of the copy. */
    readonly folder: string,
    private readonly stack: Stack,
  ) {}

  /** Copies the project and creates a stack that is configured as another is, with some of its services. */
  static async create(name: string, options: LabOptions = {}): Promise<LabStack> {
    if (process.env["AWS_ENDPOINT_URL"] === undefined) throw new Error("run by: lab/run npm run test:lab");
    const folder = copyProject();
    copySettings(folder, name, options);
    const envVars = { PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true" };
    const stack = await LocalWorkspace.createOrSelectStack({ stackName: name, workDir: folder }, { envVars });
    return new LabStack(folder, stack);
  }

  /** Runs `pulumi up`, and returns what it changed. */
  async up(): Promise<Step[]> {
    const events: EngineEvent[] = [];
    this.printed = "";
    const onOutput = (text: string) => (this.printed += text);
    await withinModel(() => this.stack.up({ onEvent: (event) => events.push(event), onOutput }));
    return changes(events);
  }

  /** Runs `pulumi preview`, and returns what it would change. */
  async preview(): Promise<Step[]> {
    const events: EngineEvent[] = [];
    await this.stack.preview({ onEvent: (event) => events.push(event) });
    return changes(events);
  }

  /** Runs `pulumi refresh`. */
  async refresh(): Promise<void> {
    await this.stack.refresh();
  }

  /** Runs `pulumi destroy`. */
  async destroy(): Promise<void> {
    await withinModel(() => this.stack.destroy());
  }

  /** Runs `pulumi destroy --preview-only`: what a plain `pulumi destroy` shows before it asks. */
  async previewDestroy(): Promise<void> {
    await this.stack.previewDestroy();
  }

  /** Removes the stack, with whatever a failed test left of it, and the copy. */
  async remove(): Promise<void> {
    await this.stack.destroy();
    await this.stack.workspace.removeStack(this.stack.name);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Sets variables of the environment that Pulumi runs in, until they are set again. */
  setEnvironment(variables: Readonly<Record<string, string>>): void {
    Object.assign(this.stack.workspace.envVars, variables);
  }

  /**
   * Sets a key for this stack by its path, as `pulumi config set --path` does: `vendor.cpu` and `vendor.cors.origins[0]` of the project,
   * `aws:defaultTags.tags.team` of another.
   */
  async configure(path: string, value: string): Promise<void> {
    await this.stack.setConfig(keyOf(path), { value }, true);
  }

  /** Removes a key that {@link configure} has set. */
  async unset(path: string): Promise<void> {
    await this.stack.removeConfig(keyOf(path), true);
  }

  /** An output of the stack. */
  async output(name: string): Promise<string> {
    return String((await this.stack.outputs())[name]?.value);
  }

  /** An output of the one resource that has a logical name. */
  async outputOf(logicalName: string, output = "name"): Promise<string> {
    const { deployment } = JSON.parse(await this.state()) as { deployment: { resources: any[] } };
    const [resource, ...others] = deployment.resources.filter(({ urn }) => urn.endsWith(`::${logicalName}`));
    if (resource === undefined || others.length > 0) throw new Error(`no single resource is named ${logicalName}`);
    return resource.outputs[output];
  }

  /** The stack's state, as text. */
  async state(): Promise<string> {
    return JSON.stringify(await this.stack.exportStack());
  }

  /** Changes a file of the copy. */
  edit(file: string, change: (content: string) => string): void {
    const target = path.join(this.folder, file);
    const before = fs.readFileSync(target, "utf8");
    const after = change(before);
    if (after === before) throw new Error(`nothing changed in ${file}`);
    fs.writeFileSync(target, after);
  }
}

/** A key of the project, if no other is named. */
function keyOf(path: string): string {
  return path.includes(":") ? path : `graviton-containers:${path}`;
}

/** Does what makes calls, and fails where one of them is against AWS's API model: a provider may go on after an error. */
async function withinModel(work: () => Promise<unknown>): Promise<void> {
  const before = await modelReport();
  await work();
  const refused = (await modelReport()).refused.slice(before.refused.length);
  if (refused.length > 0) throw new Error(`AWS's API model refuses:\n${refused.join("\n")}`);
}

function copySettings(folder: string, name: string, { model = "local", services }: LabOptions): void {
  const fileOf = (stack: string) => path.join(folder, `Pulumi.${stack}.yaml`);
  const { config, ...others } = parse(fs.readFileSync(fileOf(model), "utf8"));
  const chosen = services === undefined ? config : withServices(config, services);
  fs.writeFileSync(fileOf(name), stringify({ ...others, config: chosen }));
}

/** Copies the files that git knows or would take, with the installed packages by a link, and returns the folder. */
export function copyProject(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "graviton-lab-"));
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" });
  for (const file of files.split("\n").filter((name) => fs.existsSync(name) && fs.statSync(name).isFile())) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.copyFileSync(file, path.join(folder, file));
  }
  fs.symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
  return folder;
}

function changes(events: readonly EngineEvent[]): Step[] {
  const steps = events.flatMap(({ resourcePreEvent }) => {
    if (resourcePreEvent === undefined) return [];
    const { op, urn, type } = resourcePreEvent.metadata;
    return [{ op: String(op), type, name: urn.split("::").at(-1) ?? "" }];
  });
  return steps.filter(({ op, type }) => op !== "same" && op !== "read" && type !== "pulumi:pulumi:Stack");
}
