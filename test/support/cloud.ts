import type * as pulumi from "@pulumi/pulumi";

/** Account and region that the mocks answer for. */
export const ACCOUNT = "123456789012";
export const REGION = "ap-northeast-1";
/** Digest that every mocked build ends with. */
export const DIGEST = `sha256:${"d".repeat(64)}`;

/** Answers to a provider's functions. */
export function answer({ token }: pulumi.runtime.MockCallArgs): Record<string, unknown> {
  if (token === "aws:ecr/getAuthorizationToken:getAuthorizationToken") return { userName: "AWS", password: "token" };
  throw new Error(`${token} was called and is not mocked`);
}

/** A resource after it was made: its inputs and what AWS adds. In a preview AWS has added nothing yet. */
export function outputsOf(args: pulumi.runtime.MockResourceArgs, preview: boolean) {
  if (preview) return { id: undefined, state: { ...args.inputs } };
  return { id: `${args.name}-id`, state: { ...addedTo(args), ...args.inputs } };
}

function addedTo({ type, name, inputs }: pulumi.runtime.MockResourceArgs): Record<string, unknown> {
  const service = type.split(":")[1]?.split("/")[0];
  const arn = `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;
  const common = { arn, name: `${name}-1a2b3c4`, region: REGION };
  const [kind] = type.split(":").slice(-1);
  return { ...common, ...SPECIAL[kind ?? ""]?.(name, inputs) };
}

const SPECIAL: Record<string, (name: string, inputs: Record<string, any>) => Record<string, unknown>> = {
  Repository: (_, { name }) => ({
    arn: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${name}`,
    repositoryUrl: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${name}`,
  }),
  Image: () => ({ digest: DIGEST }),
  Command: (_, { environment }) => ({ stdout: `${environment.IMAGE_REPOSITORY}@${environment.IMAGE_DIGEST}` }),
  Function: (name) => ({ invokeArn: `arn:aws:apigateway:${REGION}:lambda:path/functions/${name}/invocations` }),
  Api: () => ({
    apiEndpoint: `https://a1b2c3.execute-api.${REGION}.amazonaws.com`,
    executionArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:a1b2c3`,
  }),
  DomainName: (_, { domainNameConfiguration }) => ({
    domainNameConfiguration: { ...domainNameConfiguration, targetDomainName: "d-1.execute-api.aws" },
  }),
};
