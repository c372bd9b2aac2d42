import { OBJECT_PREFIX } from "../../../components/storage/bucket-rules";
import { itTakes } from "../../support/forms";

describe("OBJECT_PREFIX", () => {
  itTakes(
    "a folder of a bucket",
    (text) => OBJECT_PREFIX.test(text),
    ["a", "vectorstore/prod", "date=2026-01-01/v1", "a+b/c@d", "a:b,c;d&e", "it's", "a".repeat(900)],
    ["", "/", "a/", "/a", "a//b", "a b", "a*", "a?", "${aws:username}", 'a"b', "a\\b", "ä", "a\nb", "a".repeat(901)],
  );
});
