import type { Around } from "../../stacks/config/around";
import { imagesSchema } from "../../stacks/config/image-route";

/** What the rules of a service know of a stack: a sandbox `shop-dev` with the defaults, but for what is given. */
export const around = (given: Partial<Around> = {}): Around => ({
  production: false,
  namePrefix: "shop-dev",
  region: "ap-northeast-1",
  accounts: ["123456789012"],
  images: imagesSchema.parse({}),
  networkMode: "managed",
  hasWayOut: true,
  ...given,
});
