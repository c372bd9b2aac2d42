/**
 * The shell command that runs `components/commands/<script>.ts`. Paths are relative to the project's folder, where Pulumi
 * starts commands: the text is stored in the stack's state and must be the same on every machine.
 */
export function nodeCommand(
  script:
    | "build-image"
    | "check-agent"
    | "check-image"
    | "check-rollout"
    | "delete-log-group"
    | "keep-log-group"
    | "publish-image"
    | "release-image",
): string {
  return `node --import tsx components/commands/${script}.ts`;
}
