import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A `pulumi ...` command that a text names. */
export interface NamedCommand {
  /** Words before the first flag: sub-commands, then perhaps arguments. */
  readonly words: readonly string[];
  readonly flags: readonly string[];
}

/** What a command's `--help` lists. */
interface Help {
  /** The command's other names. */
  readonly aliases: ReadonlySet<string>;
  readonly commands: ReadonlySet<string>;
  readonly flags: ReadonlySet<string>;
}

/** A word of a command, quoted or not; what ends a shell's command, a string, a code span or a sentence ends a word too. */
const WORD = /'[^'\n]*'|\$\{[^}\n]*\}|"[^"\n]*"|[^\s`"'\\;|)#&]+/.source;
const COMMAND = new RegExp(`(?<![\\w/@.$-])pulumi +((?!from\\b)(?=[a-z-])(?:${WORD})(?: +(?:${WORD}))*)`, "g");

/** Commands in a text, each once. */
export function commandsIn(text: string): NamedCommand[] {
  const found = [...text.matchAll(COMMAND)].map(([, line = ""]) => line);
  return [...new Set(found)].map(toCommand);
}

function toCommand(line: string): NamedCommand {
  const parts = line.match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
  const firstFlag = parts.findIndex((part) => part.startsWith("-"));
  return {
    words: firstFlag < 0 ? parts : parts.slice(0, firstFlag),
    flags: parts.flatMap((part) => /^(--[a-z][\w-]*|-[a-zA-Z])(?=$|[=.…\]])/.exec(part)?.[1] ?? []),
  };
}

/** Code spans and blocks of a Markdown text. */
export function codeOf(markdown: string): string {
  const blocks = markdown.match(/^```[\s\S]*?^```/gm) ?? [];
  const spans = markdown.replace(/^```[\s\S]*?^```/gm, "").match(/`[^`\n]+`/g) ?? [];
  return [...blocks, ...spans].join("\n");
}

/** Asks the CLI on the search path, each command's help once. */
export class Cli {
  private readonly helps = new Map<string, Promise<Help>>();

  /** What a CLI without that command, or without one of its flags, would refuse. */
  async problems({ words, flags }: NamedCommand): Promise<string[]> {
    const path: string[] = [];
    let help = await this.help(path);
    for (const word of words) {
      if (help.commands.size === 0) break; // the rest are arguments
      const isListed = help.commands.has(word);
      help = await this.help([...path, word]);
      path.push(word);
      if (!isListed && !help.aliases.has(word)) return [`there is no \`${["pulumi", ...path].join(" ")}\``];
    }
    const unknown = flags.filter((flag) => !help.flags.has(flag));
    return unknown.map((flag) => `\`${["pulumi", ...path].join(" ")}\` has no ${flag}`);
  }

  private help(path: readonly string[]): Promise<Help> {
    const key = path.join(" ");
    const help = this.helps.get(key) ?? readHelp(path);
    this.helps.set(key, help);
    return help;
  }
}

async function readHelp(path: readonly string[]): Promise<Help> {
  const { stdout } = await promisify(execFile)("pulumi", [...path, "--help"]);
  const listed = stdout.slice(stdout.indexOf("\nUsage:"));
  const [, aliases = ""] = /^Aliases:\n {2}(.*)$/m.exec(listed) ?? [];
  const sections = listed.split(/\n(?=\S[^\n]*:\n)/).filter((section) => /^[^\n]*Commands:\n/.test(section));
  const names = sections.flatMap((section) => [...section.matchAll(/^ {2}([a-z][\w-]*) +\S/gm)]);
  const flags = [...listed.matchAll(/^ +(?:(-\w), )?(--[\w-]+)/gm)];
  return {
    aliases: new Set(aliases.split(", ")),
    commands: new Set(names.flatMap(([, name]) => name ?? [])),
    flags: new Set(flags.flatMap(([, short, long]) => [short, long].filter((flag) => flag !== undefined))),
  };
}
