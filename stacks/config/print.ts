import * as fs from "node:fs";
import { format } from "prettier";
import { parse } from "yaml";
import { z } from "zod";
import { configurationPage, stackFileSchema } from "./reference";

/** Files that are printed from the schema, with what they hold. */
export async function printed(): Promise<Readonly<Record<string, string>>> {
  const { name } = z.object({ name: z.string() }).parse(parse(fs.readFileSync("Pulumi.yaml", "utf8")));
  const layout = { printWidth: 120 };
  return {
    "docs/configuration.md": await format(configurationPage(), { ...layout, parser: "markdown" }),
    "stacks/config/stack.schema.json": await format(JSON.stringify(stackFileSchema(name)), {
      ...layout,
      parser: "json",
    }),
  };
}

if (require.main === module)
  void printed().then((files) => Object.entries(files).forEach(([file, text]) => fs.writeFileSync(file, text)));
