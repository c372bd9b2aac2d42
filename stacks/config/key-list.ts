import { z } from "zod";
import type { Path } from "./key-path";

/** A schema as JSON Schema says it, as far as this program's schemas use it. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** One key of the configuration. */
export interface Key {
  readonly path: readonly string[];
  readonly schema: JsonSchema;
}

/** The keys of a configuration. Only messages and the printed reference need them, so other runs don't make the list. */
export class KeyList {
  private converted: JsonSchema | undefined;

  /**
   * @param hasServices whether top keys are services too, which stacks/services.ts names
   */
  constructor(
    private readonly schema: z.ZodType,
    readonly hasServices = false,
  ) {}

  /** What the configuration may say, as JSON Schema. */
  json(): JsonSchema {
    return (this.converted ??= z.toJSONSchema(this.schema, { io: "input", target: "draft-7" }));
  }

  /** Every key that has a value of its own, in the schema's order; objects of keys have none. */
  leaves(): readonly Key[] {
    return leafKeys(this.json());
  }

  /** Names of the keys of an object. */
  below(parent: Path): readonly string[] {
    const at = parent.reduce<JsonSchema>((schema, part) => {
      const inner = typeof part === "number" ? schema.items : schema.properties?.[String(part)];
      return typeof inner === "object" && !Array.isArray(inner) ? inner : {};
    }, this.json());
    return Object.keys(at.properties ?? {});
  }
}

/** The keys below a schema that have values of their own. */
export function leafKeys(schema: JsonSchema, path: readonly string[] = []): readonly Key[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    if (typeof inner === "boolean") return [];
    return inner.properties === undefined
      ? [{ path: [...path, name], schema: inner }]
      : leafKeys(inner, [...path, name]);
  });
}
