import { repositoryNameProblems } from "../../../components/images/repository-name";
import { itTakes } from "../../support/forms";

describe("repositoryNameProblems", () => {
  itTakes(
    "the name of a repository",
    (text) => repositoryNameProblems(text).length === 0,
    ["ab", "team/app", "a.b_c-d", "a__b", "a---b/c", "1a/2b", "a".repeat(250)],
    ["", "a", "A/b", "a//b", "/a", "a/", "-a", "a-", "a_-b", "a..b", "a___b", "a b", "a".repeat(251)],
  );
});
