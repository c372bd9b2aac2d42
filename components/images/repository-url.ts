import { REGISTRY_HOST } from "../core/partition";

/** The parts of an ECR repository's URL. */
export interface RepositoryUrl {
  /** Account of its registry. */
  readonly registryId: string;
  readonly region: string;
  readonly repositoryName: string;
}

const FORM = new RegExp(String.raw`^${REGISTRY_HOST}\/(?<repositoryName>[^:@]+)$`);

/** The ECR repository of an image's reference, with or without a tag or digest; undefined if it is in another registry. */
export function repositoryOf(reference: string): RepositoryUrl | undefined {
  return parseRepositoryUrl(reference.replace(/@.*$/, "").replace(/:[^/]*$/, ""));
}

/** The parts of `<account>.dkr.ecr.<region>.amazonaws.com/<name>`, without a tag; undefined for anything else. */
export function parseRepositoryUrl(url: string): RepositoryUrl | undefined {
  const parts = FORM.exec(url)?.groups;
  if (parts === undefined) return undefined;
  const { account: registryId = "", region = "", repositoryName = "" } = parts;
  return { registryId, region, repositoryName };
}
