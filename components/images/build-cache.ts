import type { types } from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";

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
  const ref = pulumi.interpolate`${repositoryUrl}:cache`;
  return {
    cacheFrom: [{ registry: { ref } }],
    // A problem with the cache must not fail a deployment.
    cacheTo: [{ registry: { ref, mode: "max", imageManifest: true, ociMediaTypes: true, ignoreError: true } }],
  };
}
