import { ContainerImage } from "../components/container-image";
import { ContainerRepository } from "../components/container-repository";
import type { Settings } from "./settings";
import type { ImageSettings } from "./settings/image";

/** A service's repositories, and its image in them. */
export interface ServiceImage {
  readonly repository: ContainerRepository;
  readonly image: ContainerImage;
}

/** Makes the repositories of a service and builds its image into them. */
export function serviceImage(name: string, { source }: ImageSettings, settings: Settings): ServiceImage {
  const repository = new ContainerRepository(`${name}-repository`, {
    repositoryName: `${settings.namePrefix}/${name}`,
    region: settings.region,
    imagesKept: settings.imagesKept,
    cacheDays: settings.cacheDays,
    scanCache: settings.scanCache,
    kmsKeyArn: settings.repositoryKmsKeyArn,
    protect: settings.production,
    registryEndpoint: settings.registryEndpoint,
  });
  const { maxContextMegabytes } = settings;
  const image = new ContainerImage(`${name}-image`, { source, repository, maxContextMegabytes });
  return { repository, image };
}
