import { SUBNET_IDS, VPC_ID } from "../../../components/core/resource-ids";
import { itTakes } from "../../support/forms";

describe("ids of resources", () => {
  itTakes(
    "the id of a VPC",
    (id) => VPC_ID[0].test(id),
    ["vpc-0a1b2c3d", "vpc-0123456789abcdef0"],
    ["", "vpc-", "vpc-X", "subnet-1", " vpc-1"],
  );
  itTakes(
    "the id of a subnet",
    (id) => SUBNET_IDS[0].test(id),
    ["subnet-0a1b2c3d"],
    ["", "subnet-", "subnet-g", "vpc-1", "subnet-1 "],
  );
});
