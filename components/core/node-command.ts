/**
 * The shell command that runs `components/<step>.ts`. Paths are relative to the project's folder, where Pulumi
 * starts commands: the text is stored in the stack's state and must be the same on every machine.
 */
export function nodeCommand(
  step:
    | "agent/steps/check-agent"
    | "agent/steps/delete-log-group"
    | "agent/steps/keep-log-group"
    | "fargate/steps/check-rollout"
    | "images/steps/build-image"
    | "images/steps/check-image"
    | "images/steps/publish-image"
    | "images/steps/release-image",
): string {
  return `node --import tsx components/${step}.ts`;
}
