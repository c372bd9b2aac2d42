import { readArn } from "../core/arn";
import { isArn, PARAMETER, SECRET_VALUE } from "../core/arn-rules";
import { policyCharacters, ROLE_CHARACTERS } from "../core/policy-document";
import { Problems, type Problem } from "../core/problems";
import { readSecretsStatements } from "../core/secrets";
import type { ResolvedTask } from "./task-rules";

/** Most bytes of a task definition, as JSON: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const DEFINITION_BYTES = 65_536;
const ENVIRONMENT_BYTES = DEFINITION_BYTES / 2;
/** The rest is for roles, paths and the log. */
const COMMAND_BYTES = 28_672;

/** Most characters in which a policy can name secrets. The rest is for the image and the log. */
const SECRETS_CHARACTERS = ROLE_CHARACTERS - 2_048;

type Sized = Pick<ResolvedTask, "command" | "environment" | "secrets" | "secretKeyArns">;

/** Problems with what makes a task definition, or the policy of the role that starts its tasks, too large. */
export function definitionProblems(choices: Sized): readonly Problem[] {
  const { environment, secretKeyArns } = choices;
  const problems = new Problems();
  expectCommand(problems, choices);
  const known = Object.entries(environment).filter(([, value]) => typeof value === "string");
  const bytes = bytesOf(known.map(([name, value]) => ({ name, value })));
  const short = `${ENVIRONMENT_BYTES} bytes at most, as JSON: ECS takes ${DEFINITION_BYTES} of a task definition`;
  problems.expect(bytes <= ENVIRONMENT_BYTES, "environment", short, bytes);
  const arns = Object.values(choices.secrets);
  // An invalid ARN is reported elsewhere.
  if (!arns.every((arn) => isArn(SECRET_VALUE, arn) || isArn(PARAMETER, arn))) return problems.all();
  const characters = policyCharacters(readSecretsStatements(arns.map(secretResource), secretKeyArns));
  const few = `fewer: the policy that lets ECS read them takes ${SECRETS_CHARACTERS} characters, with {secretKeyArns}`;
  problems.expect(characters <= SECRETS_CHARACTERS, "secrets", few, characters);
  return problems.all();
}

/** The ARN of the secret or parameter that `secrets` names, without the parts that select a key or version of it. */
export function secretResource(valueFrom: string): string {
  return readArn(valueFrom).service === "secretsmanager" ? valueFrom.split(":").slice(0, 7).join(":") : valueFrom;
}

function expectCommand(problems: Problems, { command = [], secrets }: Sized): void {
  const ofCommand = bytesOf(command);
  const ofSecrets = bytesOf(Object.entries(secrets).map(([name, valueFrom]) => ({ name, valueFrom })));
  const [property, other] = ofCommand < ofSecrets ? ["secrets", "command"] : ["command", "secrets"];
  const short = `${COMMAND_BYTES} bytes at most, as JSON and with {${other}}: ECS takes ${DEFINITION_BYTES} of a task definition`;
  problems.expect(ofCommand + ofSecrets <= COMMAND_BYTES, property, short, ofCommand + ofSecrets);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
