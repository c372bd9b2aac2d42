import { BUCKET_PREFIX_CHARACTERS, bucketName } from "./stack-names";

/** What tells a stack's roles and buckets from those of another stack in the same account. */
export interface Owner {
  /** Path of the roles: `/<project>/<stack>/`. @default / */
  readonly rolePath?: string;
  /** ARN of the managed policy that limits every role, whatever its own policy says. @default - none */
  readonly permissionsBoundaryArn?: string | undefined;
  /** What the names of buckets begin with; the provider adds a unique ending. @default - the resource's name */
  readonly bucketPrefix?: string;
}

let owner: Owner = {};

/**
 * Sets it for everything that is created from now on: the program does, once, before it creates anything. Roles and buckets are made deep
 * inside of components, and one that was forgotten would be one that the stack's deploying role may not make.
 */
export function setOwner(next: Owner): void {
  owner = next;
}

/** Path and boundary of a role. */
export function roleOwner(): { readonly path?: string; readonly permissionsBoundary?: string } {
  const { rolePath, permissionsBoundaryArn } = owner;
  return {
    ...(rolePath === undefined ? {} : { path: rolePath }),
    ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundary: permissionsBoundaryArn }),
  };
}

/** What a bucket's name begins with: the owner's prefix, and as much of the resource's name as there is room for. */
export function bucketOwner(name: string): { readonly bucketPrefix?: string } {
  if (owner.bucketPrefix === undefined) return {};
  const wanted = bucketName(`${owner.bucketPrefix}-${name.replace(/-bucket$/, "")}`);
  return { bucketPrefix: `${wanted.slice(0, BUCKET_PREFIX_CHARACTERS - 1).replace(/-+$/, "")}-` };
}
