import type { ResolvedAgent } from "./agent-rules";
import { AGENT_ENVIRONMENT, environmentProblems, type Environment } from "../core/environment-rules";
import type { LogLevel } from "../core/logs";
import { openTelemetryResource } from "../core/open-telemetry";
import { Problems, type Problem } from "../core/problems";
import { expectDistinct, expectVariables } from "../core/variables";

/** The sources of an agent's environment variables. */
interface AgentEnvironmentParts extends Pick<ResolvedAgent, "runtimeName" | "modelIds" | "secrets"> {
  readonly region: string;
  readonly logLevel: LogLevel;
  readonly environment: Environment;
}

/** The environment variables of an agent. They contain the ARNs of secrets; the agent reads the values with its role. */
export function agentEnvironment(parts: AgentEnvironmentParts): Environment {
  const { runtimeName, region, secrets, logLevel, environment } = parts;
  const [modelId] = parts.modelIds;
  return {
    ...openTelemetryResource(runtimeName),
    AWS_REGION: region,
    LOG_LEVEL: logLevel,
    ...(modelId !== undefined && { MODEL_ID: modelId }),
    ...secrets,
    ...environment,
  };
}

/** Problems with an agent's environment variables, by argument. */
export function agentEnvironmentProblems(parts: AgentEnvironmentParts): readonly Problem[] {
  const { secrets, environment } = parts;
  const problems = new Problems();
  const own = Object.keys(agentEnvironment({ ...parts, secrets: {}, environment: {} }));
  // Plain variables may replace them.
  expectVariables(problems, { environment: {}, secrets }, own);
  expectDistinct(problems, { environment, secrets });
  problems.add(...environmentProblems(agentEnvironment(parts), AGENT_ENVIRONMENT));
  return problems.all();
}
