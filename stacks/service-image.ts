import type * as pulumi from "@pulumi/pulumi";
import type { UsableImage } from "../components/core/usable-image";
import { ContainerImage } from "../components/images/container-image";
import { ContainerRepository } from "../components/images/container-repository";
import type { ImageConsumer } from "../components/images/image-consumer";
import { PrebuiltImage } from "../components/images/prebuilt-image";
import { sourceOf, type ImageValues } from "./config/image";
import type { Config } from "./config/config";
import type { Environment } from "./environment";

/** Options of a service's image. */
export interface ImagePlace {
  /** Region in which the image is used. @default - the stack's */
  readonly region?: string | undefined;
  /** Provider of that region. @default - the stack's */
  readonly provider?: pulumi.ProviderResource | undefined;
  /** ARN of its repositories' KMS key, in that region. @default - the stack's key in the stack's region, else AES-256 */
  readonly kmsKeyArn?: string | undefined;
  /** Largest image that its consumer accepts, in megabytes. @default 10240, Lambda's limit */
  readonly maxImageMegabytes?: number | undefined;
  /** What runs the image. @default "lambda" */
  readonly imageConsumer?: ImageConsumer | undefined;
}

/** Gets a service's image on the environment's route: builds it into new repositories, or looks up the prebuilt one. */
export function serviceImage(
  name: string,
  values: ImageValues,
  environment: Environment,
  place: ImagePlace = {},
): UsableImage {
  const { config } = environment;
  const { region = config.region, provider, maxImageMegabytes, imageConsumer } = place;
  const options = provider === undefined ? {} : { provider };
  const { prebuilt: reference } = values;
  if (config.images.route === "prebuilt" && reference !== undefined) {
    return new PrebuiltImage(`${name}-image`, { reference, region, maxImageMegabytes, imageConsumer }, options);
  }
  const stackKeyArn = region === config.region ? config.images.repositoryKmsKeyArn : undefined;
  const repository = serviceRepository(name, region, place.kmsKeyArn ?? stackKeyArn, config, options);
  const { maxContextMegabytes } = config.images;
  // A registry signs only with profiles of its region.
  const signingProfileArn = region === config.region ? config.images.signingProfileArn : undefined;
  const rules = { maxContextMegabytes, maxImageMegabytes, imageConsumer, signingProfileArn };
  const builder = environment.imageBuilder();
  return new ContainerImage(`${name}-image`, { source: sourceOf(values), repository, builder, ...rules }, options);
}

function serviceRepository(
  name: string,
  region: string,
  kmsKeyArn: string | undefined,
  config: Config,
  options: pulumi.ComponentResourceOptions,
): ContainerRepository {
  const repository = {
    repositoryName: `${config.namePrefix}/${name}`,
    region,
    imagesKept: config.images.kept,
    cacheDays: config.images.cacheDays,
    scanCache: config.images.scanCache,
    kmsKeyArn,
    protect: config.production,
  };
  return new ContainerRepository(`${name}-repository`, repository, options);
}
