import type { NetworkMode } from "../../components/network/network-rules";
import type { ImagesValues } from "./image-route";

/** What the rules of a service need to know of the rest of the stack. */
export interface Around {
  readonly production: boolean;
  /** Starts the names of repositories. */
  readonly namePrefix: string;
  /** The stack's region. */
  readonly region: string;
  /** Accounts that the stack may be deployed to. */
  readonly accounts: readonly string[];
  readonly images: ImagesValues;
  readonly networkMode: NetworkMode;
  /** Whether private subnets have a way to the internet, as far as the configuration shows. */
  readonly hasWayOut: boolean;
}
