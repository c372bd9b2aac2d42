import * as command from "@pulumi/command/local";
import type { types } from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";
import { CACHE_TAG } from "./bake";
import { stepArgs } from "../core/step-command";
import { startCache } from "./image-steps";
import { resourcesOf, type ImageTarget } from "./image-target";

/** From where a build reads its cache, and where it writes it. */
export interface BuildCache {
  readonly cacheFrom: types.input.CacheFromArgs[];
  readonly cacheTo: types.input.CacheToArgs[];
}

/**
 * Registry cache in a separate repository. ECR accepts a cache manifest only as an OCI image manifest
 * (https://github.com/aws/containers-roadmap/issues/876); `max` keeps the layers of every stage, not only the last one's.
 */
export function registryCache(repositoryUrl: pulumi.Input<string>): BuildCache {
  const ref = pulumi.interpolate`${repositoryUrl}:${CACHE_TAG}`;
  return {
    cacheFrom: [{ registry: { ref } }],
    // A problem with the cache must not fail a deployment.
    cacheTo: [{ registry: { ref, mode: "max", imageManifest: true, ociMediaTypes: true, ignoreError: true } }],
  };
}

/**
 * A command that gives an image's build an empty cache to read where there is none: otherwise BuildKit prints an error, at a first
 * deployment and after the cache expired. So the build can always name the cache, and a new cache doesn't change the build's inputs.
 */
export function createCacheStart(
  name: string,
  repository: ImageTarget,
  parent: pulumi.ComponentResource & { readonly tag: string },
): command.Command {
  const variables = {
    AWS_REGION: repository.region,
    IMAGE_REPOSITORY: repository.cacheUrl,
    IMAGE_TAG: parent.tag,
    CACHE_TAG,
  };
  const dependsOn = [...resourcesOf(repository)];
  return new command.Command(`${name}-cache`, stepArgs(startCache, variables), { parent, dependsOn });
}
