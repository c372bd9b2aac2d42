import { isHostedZoneId } from "../../../components/core/hosted-zone";
import { itTakes } from "../../support/forms";

describe("isHostedZoneId", () => {
  itTakes(
    "the id of a Route 53 zone",
    isHostedZoneId,
    ["Z0123456789ABC", "ZA", `Z${"0".repeat(31)}`],
    ["", "Z", "z0123", "/hostedzone/Z0123", "Z01-23", `Z${"0".repeat(32)}`, "*"],
  );
});
