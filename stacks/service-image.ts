import type * as pulumi from "@pulumi/pulumi";
import type { UsableImage } from "../components/core/usable-image";
import { ContainerImage } from "../components/images/container-image";
import { ContainerRepository } from "../components/images/container-repository";
import type { ImageConsumer } from "../components/images/image-consumer";
import { PrebuiltImage } from "../components/images/prebuilt-image";
import type { ImageSettings } from "./config/image";
import type { Settings } from "./config/settings";
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
  { source, prebuiltImage: reference }: ImageSettings,
  environment: Environment,
  place: ImagePlace = {},
): UsableImage {
  const { settings } = environment;
  const { region = settings.region, provider, maxImageMegabytes, imageConsumer } = place;
  const options = provider === undefined ? {} : { provider };
  if (settings.images.route === "prebuilt" && reference !== undefined) {
    return new PrebuiltImage(`${name}-image`, { reference, region, maxImageMegabytes, imageConsumer }, options);
  }
  const stackKeyArn = region === settings.region ? settings.repositoryKmsKeyArn : undefined;
  const repository = serviceRepository(name, region, place.kmsKeyArn ?? stackKeyArn, settings, options);
  const { maxContextMegabytes } = settings.images;
  // A registry signs only with profiles of its region.
  const signingProfileArn = region === settings.region ? settings.images.signingProfileArn : undefined;
  const rules = { maxContextMegabytes, maxImageMegabytes, imageConsumer, signingProfileArn };
  const builder = environment.imageBuilder();
  return new ContainerImage(`${name}-image`, { source, repository, builder, ...rules }, options);
}

function serviceRepository(
  name: string,
  region: string,
  kmsKeyArn: string | undefined,
  settings: Settings,
  options: pulumi.ComponentResourceOptions,
): ContainerRepository {
  const repository = {
    repositoryName: `${settings.namePrefix}/${name}`,
    region,
    imagesKept: settings.imagesKept,
    cacheDays: settings.cacheDays,
    scanCache: settings.scanCache,
    kmsKeyArn,
    protect: settings.production,
  };
  return new ContainerRepository(`${name}-repository`, repository, options);
}
