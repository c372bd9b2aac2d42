import { z } from "zod";
import { leafKeys, type JsonSchema, type Key, type KeyList } from "./key-list";

/** Text before the keys. */
const HEAD = `# Configuration

<!-- Printed from the schemas in stacks/config/ by npm run docs. -->

A stack is configured in its file \`Pulumi.<stack>.yaml\`: one object for each service, one for each concern that services share.
A key that is absent has its default. Set a key in the file, or with \`--path\`:

\`\`\`sh
pulumi config set --path vendor.scaling.max 6
pulumi config set --path 'vendor.cors.origins[0]' https://www.example.com
\`\`\`

Pulumi writes what looks like a whole number as a number, and \`0.5\` as text: use \`--type float\` for a fraction and \`--type string\` for
an account id. The configuration holds no secrets: put them into AWS Secrets Manager, and their ARNs here.

A preview or update checks everything before it creates anything, and reports every problem in one message. Editors with the YAML
language server complete and check the keys by the first line of each stack's file.
`;

/** docs/configuration.md. */
export function configurationPage(keys: KeyList): string {
  const objects = Object.entries(keys.json().properties ?? {}).flatMap(([name, schema]) =>
    typeof schema === "object" && schema.properties !== undefined ? [{ name, schema }] : [],
  );
  const single = keys.leaves().filter(({ path }) => path.length === 1);
  const sections = objects.map(({ name, schema }) => section(`\`${name}\``, schema, leafKeys(schema, [name])));
  return [HEAD, section("The stack", {}, single), ...sections].join("\n");
}

/** JSON Schema of a stack's file, for editors. */
export function stackFileSchema(project: string, keys: KeyList): unknown {
  const { $schema, properties = {} } = keys.json();
  const own = Object.entries(properties).map(([name, schema]) => [`${project}:${name}`, schema] as const);
  return {
    $schema,
    title: `Stacks of ${project}`,
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries<unknown>(own),
        // The providers' keys.
        patternProperties: { [`^(?!${project}:)[\\w-]+:`]: {} },
        additionalProperties: false,
      },
      secretsprovider: { type: "string" },
      encryptedkey: { type: "string" },
      encryptionsalt: { type: "string" },
      environment: {},
    },
    additionalProperties: false,
  };
}

/** The keys that Pulumi.yaml declares, with defaults by which no stack needs to say anything. */
export function declaredKeys(
  keys: KeyList,
): Readonly<Record<string, { description: string | undefined; default: unknown }>> {
  const declared = Object.entries(keys.json().properties ?? {}).flatMap(([name, schema]) =>
    // Its default follows from stacks/services.ts.
    typeof schema === "boolean" || name === "services"
      ? []
      : [[name, { description: schema.description, default: z.unknown().parse(schema.default) }] as const],
  );
  return Object.fromEntries(declared);
}

function section(title: string, { description }: JsonSchema, keys: readonly Key[]): string {
  const rows = keys.map(({ path, schema }) =>
    [`\`${path.join(".")}\``, typeOf(schema), defaultOf(schema), schema.description ?? ""].map(cell).join(" | "),
  );
  const table = [
    "| Key | Type | Default | What it does |",
    "| --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row} |`),
  ];
  return [`## ${title}`, "", ...(description === undefined ? [] : [description, ""]), ...table, ""].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "\\<");
}

function defaultOf(schema: JsonSchema): string {
  const value = z.unknown().parse(schema.default);
  return value === undefined ? "" : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function typeOf(schema: JsonSchema): string {
  const words = z.array(z.string()).safeParse(schema.enum).data;
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(", ");
  const { type, minimum, maximum, items } = schema;
  if (type === "integer") return `${minimum} to ${maximum}`;
  if (type === "array") return typeof items === "object" && !Array.isArray(items) ? `list: ${typeOf(items)}` : "list";
  if (type === "object")
    return schema.properties === undefined ? "texts by name" : Object.keys(schema.properties).join(", ");
  return type === "boolean" ? "true or false" : "text";
}
