import type { z } from "zod";
import { egress, flag, list, secrets, statements, variables } from "./values";

/** The keys that every Lambda function has. */
export const FUNCTION_KEYS = {
  environment: variables().default({}).describe("Environment variables; no secrets."),
  secrets: secrets()
    .default({})
    .describe(
      "Secrets Manager secrets that the function may read, as NAME: ARN; the variable has the ARN, not the value.",
    ),
  secretKeyArns: list("ARNs").default([]).describe("KMS keys that encrypt `secrets`, where they are not AWS's own."),
  statements: statements().default([]).describe("IAM statements that the function's role gets as well."),
  vpc: flag().default(false).describe("Run in the stack's network, where databases can be reached."),
  egress: egress().describe("Ports that the function may connect to besides 443, with `vpc`."),
};

/** The values of {@link FUNCTION_KEYS}. */
export type FunctionValues = z.output<z.ZodObject<typeof FUNCTION_KEYS>>;
