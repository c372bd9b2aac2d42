import { dashboardNameProblems } from "../../../components/observability/dashboard-rules";
import { itTakes } from "../../support/forms";

describe("dashboardNameProblems", () => {
  itTakes(
    "the name of a dashboard",
    (text) => dashboardNameProblems(text).length === 0,
    ["a", "A-b_1", "a".repeat(255)],
    ["", "a.b", "a b", "a/b", "a".repeat(256)],
  );
});
