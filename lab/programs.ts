import type { GoProgram } from "./go-program";

/** Pulumi's engine, its language host and the plugins: what a machine that can install Pulumi has already. */
export const pulumiPrograms: readonly GoProgram[] = [
  {
    name: "pulumi",
    module: "offline-pulumi/engine",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": "v3.274.1" },
  },
  {
    name: "pulumi-language-nodejs",
    module: "offline-pulumi/language",
    variables: { "main.version": "v3.274.1" },
  },
  {
    name: "pulumi-resource-docker-build",
    module: "builder",
    package: "github.com/pulumi/pulumi-docker-build/provider/cmd/pulumi-resource-docker-build",
    variables: { "github.com/pulumi/pulumi-docker-build/provider.Version": "0.0.22" },
  },
  { name: "pulumi-resource-aws", module: "offline-pulumi/plugins/aws" },
  { name: "pulumi-resource-command", module: "offline-pulumi/plugins/command" },
];

/** What builds images, on every machine. */
export const builderPrograms: readonly GoProgram[] = [
  { name: "buildkitd", module: "builder", package: "github.com/moby/buildkit/cmd/buildkitd" },
  { name: "docker-buildx", module: "builder", package: "github.com/docker/buildx/cmd/buildx" },
];

/** Stands in for the Lambda Web Adapter in a base image: runs in arm64 containers. */
export const lambdaAdapter: GoProgram = {
  name: "lambda-adapter",
  module: "images/lambda-adapter",
  architecture: "arm64",
};

/** Says what BuildKit would be sent of a context, for tests alone. */
export const contextOracle: GoProgram = {
  name: "context-oracle",
  module: "builder",
  package: "./context-oracle",
};

/** Tells the tests what BuildKit makes of a Dockerfile. */
export const dockerfileOracle: GoProgram = {
  name: "dockerfile-oracle",
  module: "builder",
  package: "./dockerfile-oracle",
};

/** Lints workflows, for tests alone. */
export const actionlint: GoProgram = {
  name: "actionlint",
  module: "workflows",
  package: "github.com/rhysd/actionlint/cmd/actionlint",
};
