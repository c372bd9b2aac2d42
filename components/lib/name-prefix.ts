/**
 * What names that Elastic Load Balancing makes unique start with; of 32 characters, 26 make them so. Without a fixed name, a
 * replacement can be made before what it replaces is deleted.
 */
export function balancerNamePrefix(name: string): string {
  return name.replace(/[^a-zA-Z0-9]/g, "-").slice(0, 6);
}
