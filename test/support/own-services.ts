import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import type { Service } from "../../stacks/service";
import { writeFile } from "./folder";

const PAGE = "docs/your-own-service.md";

/** A worked example of the documentation. */
export interface Example {
  readonly title: string;
  /** What goes into stacks/services.ts. */
  readonly code: readonly string[];
  /** What goes into a stack's file. */
  readonly config: readonly string[];
}

/** The worked examples, by the first word of what they make: `report`, `billing`, ... */
export function examples(): readonly Example[] {
  const sections = fs.readFileSync(PAGE, "utf8").split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const [title = ""] = section.split("\n");
    const block = (language: string) =>
      (new RegExp("```" + language + "\\n(.*?)```", "s").exec(section)?.[1] ?? "").split("\n").filter(Boolean);
    const code = block("ts");
    return code.length === 0 ? [] : [{ title, code, config: block("yaml") }];
  });
}

/** Lines of code and configuration, without comments. */
export const linesOf = ({ code, config }: Example): number =>
  [...code, ...config].filter((line) => !/^\s*(\/\/|#)/.test(line)).length;

/** stacks/services.ts with the code of examples, as a person would add it. */
export function withExamples(services: string, chosen: readonly Example[]): string {
  return chosen.reduce((text, { code: [place = "", ...lines] }) => {
    const imports = lines.filter((line) => line.startsWith("import ") && !text.includes(line));
    const entries = lines.filter((line) => !line.startsWith("import "));
    const [, api] = /among the services of (\w+)/.exec(place) ?? [];
    const after = api === undefined ? /};\s*$/ : new RegExp(`${api}: httpApi\\(\\{.*?services: \\{\\n`, "s");
    const found = after.exec(text)?.[0];
    if (found === undefined) throw new Error(`no place in stacks/services.ts for: ${place}`);
    const added = api === undefined ? [...entries, found] : [found, ...entries];
    return [...imports, text.replace(found, () => added.join("\n"))].join("\n");
  }, services);
}

/** The services of such a text. Its modules are those of the project. */
export function servicesIn(text: string, folder: string): Readonly<Record<string, Service>> {
  const file = path.join(folder, "services.ts");
  writeFile(file, text.replace(/from "(\.\/|.*\/stacks\/)/g, `from "${path.resolve("stacks")}/`));
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- its name is not known before
  return require(file).SERVICES;
}

/** The configuration of examples by key, with the folders of images below another one. */
export function configOfExamples(chosen: readonly Example[], folder: string): Record<string, unknown> {
  const text = chosen.flatMap(({ config }) => config).join("\n");
  return parse(text.replace(/context: apps\//g, `context: ${folder}/`)) as Record<string, unknown>;
}

const NODE = "public.ecr.aws/docker/library/node:24-bookworm-slim";

/** A web server that tells the variables that it is asked for: in a container, a function or an agent, which has no variable PORT. */
const SERVER = `
const { createServer } = require("node:http");
createServer((request, response) => {
  const names = new URL(request.url, "http://localhost").searchParams.getAll("variable");
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(Object.fromEntries(names.map((name) => [name, process.env[name]]))));
}).listen(Number(process.env.PORT ?? 8080));
`;

const CONTAINER = `FROM ${NODE}
COPY server.js /app/server.js
USER 1000:1000
CMD ["node", "/app/server.js"]
`;

const FUNCTION = `FROM ${NODE} AS node
FROM public.ecr.aws/awsguru/aws-lambda-adapter:0.9.1 AS adapter
FROM public.ecr.aws/lambda/provided:al2023-arm64
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=adapter /lambda-adapter /opt/extensions/lambda-adapter
COPY --chmod=755 bootstrap /var/runtime/bootstrap
COPY server.js /var/task/server.js
CMD ["server.js"]
`;

const BOOTSTRAP = "#!/bin/sh\nexec /usr/local/bin/node /var/task/server.js\n";

/** Writes the code of the examples' services, each into a folder of its own. */
export function writeImages(folder: string): void {
  for (const name of ["billing", "helper"]) writeAll(path.join(folder, name), { Dockerfile: CONTAINER });
  for (const name of ["report", "entries"])
    writeAll(path.join(folder, name), { Dockerfile: FUNCTION, bootstrap: BOOTSTRAP });
}

function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries({ ...files, "server.js": SERVER }))
    writeFile(path.join(folder, name), text);
}
