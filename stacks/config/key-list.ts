import { z } from "zod";
import type { Path } from "./key-path";
import { SCHEMA } from "./schema";

/** A schema as JSON Schema says it, as far as this program's schemas use it. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** One key of the configuration. */
export interface Key {
  readonly path: readonly string[];
  readonly schema: JsonSchema;
}

let converted: JsonSchema | undefined;

/** What a stack's configuration may say, as JSON Schema. Only messages and the printed reference need it, so other runs don't make it. */
export function configuration(): JsonSchema {
  return (converted ??= z.toJSONSchema(SCHEMA, { io: "input", target: "draft-7" }));
}

/** Every key that has a value of its own, in the schema's order; objects of keys have none. */
export function leafKeys(schema: JsonSchema = configuration(), path: readonly string[] = []): readonly Key[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    if (typeof inner === "boolean") return [];
    return inner.properties === undefined
      ? [{ path: [...path, name], schema: inner }]
      : leafKeys(inner, [...path, name]);
  });
}

/** Names of the keys of an object. */
export function keysBelow(parent: Path): readonly string[] {
  const at = parent.reduce<JsonSchema>((schema, part) => {
    const inner = typeof part === "number" ? schema.items : schema.properties?.[String(part)];
    return typeof inner === "object" && !Array.isArray(inner) ? inner : {};
  }, configuration());
  return Object.keys(at.properties ?? {});
}
