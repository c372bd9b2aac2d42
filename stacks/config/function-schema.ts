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
  secretKeyArns: list("ARNs").default([]).describe("Your KMS keys that encrypt `secrets`; none for AWS's own key."),
  statements: statements().default([]).describe("More IAM statements for the function's role."),
  vpc: flag().default(false).describe("Run the function in the stack's network, where it can reach databases."),
  egress: egress().describe("Ports besides 443 that the function may connect to; only with `vpc`."),
};

/** The values of {@link FUNCTION_KEYS}. */
export type FunctionValues = z.output<z.ZodObject<typeof FUNCTION_KEYS>>;
