import { z } from "zod";
import { parseCidr } from "../../components/core/cidr";
import { EGRESS_PORT } from "../../components/core/egress-rules";
import { within, type Range } from "../../components/core/limits";
import { wantedRegion } from "../../components/core/region";

/** What a message says of a value that is not allowed. */
export const must = (allowed: string) => ({ error: `must be ${allowed}` });

/** An object of keys, and no others. */
export const object = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape, must("an object of keys"));

/** Any text. What it must be is for the rules of its service to check. */
export const text = (meaning = "text") => z.string(must(meaning));

/** Text that matches. */
export const matching = (pattern: RegExp, meaning: string) => text(meaning).regex(pattern, must(meaning));

/** One of a few words. */
export const oneOf = <const T extends readonly string[]>(words: T) => z.enum(words, must(`one of ${words.join(", ")}`));

/** `true` or `false`. */
export const flag = () => z.boolean(must("true or false"));

/** A whole number in a range. */
export const integer = (range: Range) =>
  z
    .int(must(within(range)))
    .min(range.min, must(within(range)))
    .max(range.max, must(within(range)));

/** A list of texts. */
export const list = (meaning: string) => z.array(text(), must(`a list of ${meaning}`));

/** A list of texts that match. */
export const listMatching = (pattern: RegExp, meaning: string) =>
  z.array(matching(pattern, meaning), must(`a list of ${meaning}`));

/** A list of a few words. */
export const listOf = <const T extends readonly string[]>(words: T) =>
  z.array(oneOf(words), must(`a list of ${words.join(", ")}`));

/** A list of objects. */
export const listOfObjects = <Item extends z.ZodType>(item: Item, meaning: string) =>
  z.array(item, must(`a list of ${meaning}`));

/** What a program is run with. */
export const words = () => list("words").min(1, must("left out, or have at least one word"));

/** Texts by name. */
export const texts = (name: RegExp, nameForm: string, meaning: string) =>
  z.record(z.string().regex(name, must(`named by ${nameForm}`)), text(), must(meaning));

/** Environment variables to the ARNs of secrets. */
export const secrets = () => texts(VARIABLE, VARIABLE_FORM, "NAME: ARN pairs");

/** Environment variables. */
export const variables = () => texts(VARIABLE, VARIABLE_FORM, "NAME: value pairs");

/** Arguments of an image's build. */
export const buildArguments = () => texts(/^\w+$/, "letters, digits and _", "NAME: value pairs");

/** Origins that browsers call from. The component checks their form. */
export const origins = () => list("origins: https://host, http://host or *");

const BLOCK = "an IPv4 block that starts at its first address, such as 10.0.0.0/16, or 203.0.113.7/32 for one address";

/** A block of IPv4 addresses. */
export const block = () => text(BLOCK).refine((given) => parseCidr(given) !== undefined, must(BLOCK));

/** A list of {@link block}s. */
export const blocks = () => z.array(block(), must("a list of IPv4 blocks such as 10.0.0.0/16"));

const connection = object({
  port: integer(EGRESS_PORT).describe("TCP port."),
  cidrBlocks: blocks().describe("IPv4 blocks that may be reached on this port."),
});

/** Connections that a service may open. The component checks them together. */
export const egress = () =>
  listOfObjects(connection, "connections such as { port: 5432, cidrBlocks: [10.0.0.0/16] }")
    .default([])
    .meta({ examples: [[{ port: 5432, cidrBlocks: ["10.0.0.0/16"] }]] });

/** A region that this program deploys to. */
export const supportedRegion = () =>
  text("the name of a region").superRefine((region, context) => {
    const wanted = wantedRegion(region);
    if (wanted !== undefined) context.addIssue({ code: "custom", message: `must be ${wanted}` });
  });

const conditions = must("{ <operator>: { <condition key>: <text, or a list of texts> } }");
const condition = z.record(
  z.string(),
  z.record(z.string(), z.union([z.string(), z.array(z.string())], conditions), conditions),
  conditions,
);

/** Statements of an IAM policy; what each may say is a rule of its own. */
export const statements = () =>
  listOfObjects(statement, "statements with actions, resources and, where wanted, conditions");

const statement = object({
  actions: list("actions such as s3:GetObject").describe("Actions by their full names, such as s3:GetObject."),
  resources: list("ARNs").describe("ARNs, or * for actions that take no resource."),
  conditions: condition.default({}).describe("IAM conditions: operators, with condition keys and their values."),
});

const VARIABLE = /^[A-Za-z_]\w*$/;
const VARIABLE_FORM = "letters, digits and _, the first no digit";
