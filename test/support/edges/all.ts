import type { ServiceName } from "../services";
import { OF_AGENT } from "./agent";
import { OF_CQRS } from "./cqrs";
import type { Edges } from "./edge";
import { OF_NETWORK, OF_STACK } from "./shared";
import { OF_VENDOR } from "./vendor";
import { OF_VISION } from "./vision";

/** Services by which keys are looked at, with the edges of these keys. */
export interface Edged {
  readonly services: readonly ServiceName[];
  readonly edges: Edges;
}

/** The edges of every key. */
export const ALL_EDGES: readonly Edged[] = [
  { services: ["cqrs"], edges: { ...OF_STACK, ...OF_CQRS } },
  { services: ["vendor"], edges: { ...OF_NETWORK, ...OF_VENDOR } },
  { services: ["vision"], edges: OF_VISION },
  { services: ["agent"], edges: OF_AGENT },
];
