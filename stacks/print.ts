import * as fs from "node:fs";
import { format } from "prettier";
import { parse, parseDocument } from "yaml";
import { z } from "zod";
import { KeyList } from "./config/key-list";
import type { Project } from "./config/kind";
import { configurationPage, declaredKeys, stackFileSchema } from "./config/reference";
import { schemaOf } from "./config/schema";
import { SERVICES } from "./services";

/** Files that are printed from the keys of a project's services, with what they hold. */
export async function printed(project: Project): Promise<Readonly<Record<string, string>>> {
  const settings = fs.readFileSync("Pulumi.yaml", "utf8");
  const { name } = z.object({ name: z.string() }).parse(parse(settings));
  const keys = new KeyList(schemaOf(project));
  const formatted = (text: string, parser: string) => format(text, { printWidth: 120, parser });
  return {
    "Pulumi.yaml": await formatted(projectFile(settings, keys), "yaml"),
    "docs/configuration.md": await formatted(configurationPage(keys), "markdown"),
    "stacks/config/stack.schema.json": await formatted(JSON.stringify(stackFileSchema(name, keys)), "json"),
  };
}

/** Pulumi.yaml with the keys that it declares, and the rest as it is. */
function projectFile(settings: string, keys: KeyList): string {
  const document = parseDocument(settings);
  document.set("config", document.createNode(declaredKeys(keys)));
  return document.toString({ lineWidth: 0 });
}

if (require.main === module)
  void printed(SERVICES).then((files) => Object.entries(files).forEach(([file, text]) => fs.writeFileSync(file, text)));
