import * as pulumi from "@pulumi/pulumi";

/** Parts as one text: plain where every part is, so that rules can read it, else an output. */
export function joined(...parts: readonly pulumi.Input<string>[]): pulumi.Input<string> {
  const known = parts.filter((part) => typeof part === "string");
  return known.length === parts.length ? known.join("") : pulumi.concat(...parts);
}
