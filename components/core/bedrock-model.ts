import type { AwsScope } from "./aws-scope";
import { joined } from "./joined";
import { PARTITION } from "./partition";
import type { PolicyStatement } from "./policy-document";

/** Id of a model (`<provider>.<model>`), or of a profile that runs it in a part of the world or anywhere (`apac.<provider>.<model>`). */
const MODEL_ID = /^([a-z-]+\.)?[a-z0-9-]+\.[a-z0-9][\w.:-]*$/;

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_FoundationModelSummary.html */
const LONGEST_MODEL_ID = 140;

/** Describes the id of a model, for messages. */
export const MODEL_ID_FORM = "the id of a model or of a cross-region inference profile, such as amazon.nova-lite-v1:0";

/** Whether a text is the id of a model or of a profile. */
export function isModelId(text: string): boolean {
  return MODEL_ID.test(text) && text.length <= LONGEST_MODEL_ID;
}

/** The places that there are profiles of: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html */
const PROFILE = /^(us|eu|apac|jp|au|ca|global)\.(?<model>.+)$/;

/** Asks for a whole answer, by the Converse API too: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
const WHOLE = ["bedrock:InvokeModel"];
/** Asks for an answer as it is made: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
const STREAMED = [...WHOLE, "bedrock:InvokeModelWithResponseStream"];

/**
 * What a service that asks one model may do, where wanted for answers as they are made too. A profile asks the model in whatever region there is room, and the model is
 * allowed by way of that profile only: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html
 */
export function askModelStatements(
  modelId: string,
  { region, account }: AwsScope,
  { streaming }: { readonly streaming: boolean },
): PolicyStatement[] {
  const actions = streaming ? STREAMED : WHOLE;
  const model = PROFILE.exec(modelId)?.groups?.["model"];
  if (model === undefined) {
    return [{ actions, resources: [joined(`arn:${PARTITION}:bedrock:`, region, `::foundation-model/${modelId}`)] }];
  }
  const profile = joined(`arn:${PARTITION}:bedrock:`, region, ":", account, `:inference-profile/${modelId}`);
  return [
    { actions, resources: [profile] },
    {
      actions,
      resources: [`arn:${PARTITION}:bedrock:*::foundation-model/${model}`],
      conditions: { StringEquals: { "bedrock:InferenceProfileArn": profile } },
    },
  ];
}
