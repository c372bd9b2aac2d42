/** An ignore file over some files, and what BuildKit would be sent of them: its own modules have said so. */
export interface IgnoreCase {
  readonly ignore: string;
  readonly files: readonly string[];
  /** Undefined where it refuses the ignore file. */
  readonly sent: readonly string[] | undefined;
}

/** By what they are about. */
export const IGNORE_CASES: Readonly<Record<string, readonly IgnoreCase[]>> = {
  "letter case": [
    {
      ignore: "tests\nreadme.md\nbuild",
      files: ["Tests/a", "Build/b", "README.md"],
      sent: ["Build/b", "README.md", "Tests/a"],
    },
    { ignore: "*.TXT", files: ["a.txt", "b.TXT"], sent: ["a.txt"] },
  ],
  "characters that mean themselves": [
    { ignore: "app/(internal)", files: ["app/(internal)/a", "app/internal/a"], sent: ["app/internal/a"] },
    { ignore: "a+b*\n$x*\na.c*", files: ["a+b", "aab", "$x", "a.c", "abc"], sent: ["aab", "abc"] },
    { ignore: "^a\n{b}\nc|d\n(e", files: ["^a", "{b}", "c|d", "(e", "a"], sent: ["a"] },
    { ignore: "# no comment there\n#a\n #b", files: ["#a", "#b"], sent: ["#a"] },
    { ignore: "é\n?x", files: ["é", "e\u0301", "😀x", "xx"], sent: ["e\u0301"] },
  ],
  "characters that BuildKit's matcher hands on to its regular expression": [
    { ignore: "a{2}*", files: ["aa", "a{2}", "b"], sent: ["a{2}", "b"] },
    { ignore: "a|b*", files: ["ax", "b", "xb", "a|b", "c"], sent: ["c"] },
    { ignore: "a^b*", files: ["a^b", "ab"], sent: ["a^b", "ab"] },
    { ignore: "\\d", files: ["d", "7"], sent: ["d"] },
  ],
  wildcards: [
    { ignore: "*.log", files: ["a.log", "b/a.log"], sent: ["b/a.log"] },
    { ignore: "*/*.log", files: ["a.log", "b/a.log", "b/c/a.log"], sent: ["a.log", "b/c/a.log"] },
    { ignore: "a?c", files: ["abc", "a/c", "ac"], sent: ["a/c", "ac"] },
    { ignore: "*", files: ["a", ".b", "c/d"], sent: [] },
    { ignore: "\\*\n\\?*", files: ["*", "a", "?a", "ba"], sent: ["a", "ba"] },
  ],
  "**": [
    { ignore: "**", files: ["a", "b/c"], sent: [] },
    { ignore: "**/a", files: ["a", "b/a", "c/a/d", "ba"], sent: ["ba"] },
    { ignore: "**a", files: ["a", "ba", "c/ba", "ab"], sent: ["ab"] },
    { ignore: "a/**", files: ["a/b", "a/c/d", "ab"], sent: ["ab"] },
    { ignore: "a**", files: ["a", "ab", "ac/b", "ba"], sent: ["ba"] },
    { ignore: "a/**/b", files: ["a/b", "a/c/b", "a/c/d/b", "a/c/e"], sent: ["a/c/e"] },
    { ignore: "**/*.pyc", files: ["a.pyc", "b/c/a.pyc", "a.py"], sent: ["a.py"] },
    { ignore: "a/**/b", files: ["a/new\nline/b", "a/c/b"], sent: ["a/new\nline/b"] },
    { ignore: "***", files: ["a", "b/c"], sent: [] },
  ],
  classes: [
    { ignore: "[a-c]x", files: ["ax", "cx", "dx"], sent: ["dx"] },
    { ignore: "[^a]x", files: ["ax", "bx", "c/x"], sent: ["ax", "c/x"] },
    { ignore: "[!a]x", files: ["ax", "!x", "bx"], sent: ["bx"] },
    { ignore: "a[^b]c", files: ["abc", "axc", "a/c"], sent: ["abc"] },
    { ignore: "[\\]]x\n[a\\-c]y", files: ["]x", "ax", "-y", "by"], sent: ["ax", "by"] },
    { ignore: "[*]", files: ["*", "a]", "[]", "a"], sent: ["*", "a", "a]"] },
  ],
  lines: [
    { ignore: "\uFEFFa\r\n  b\t\r\n\r\n/c\r\n", files: ["a", "b", "c", "d"], sent: ["d"] },
    { ignore: "a/\n./b\nc//d/.\ne/../f", files: ["a/x", "b", "c/d", "e", "f"], sent: ["e"] },
    { ignore: "a \u00A0\n\u0085b", files: ["a", "b", "a "], sent: ["a "] },
    { ignore: ".\n/\n..\n../a", files: ["a", "b/a"], sent: ["a", "b/a"] },
    { ignore: "a b", files: ["a", "b", "a b"], sent: ["a", "b"] },
    { ignore: "", files: ["a"], sent: ["a"] },
  ],
  exceptions: [
    { ignore: "*\n!a", files: ["a/b", "a/c/d", "e"], sent: ["a/b", "a/c/d"] },
    { ignore: "a\n!a/b/c", files: ["a/x", "a/b/c", "a/b/d", "a/e/f"], sent: ["a/b/c"] },
    { ignore: "a\n!**/*.md", files: ["a/b/c.md", "a/b/d", "e.md"], sent: ["a/b/c.md", "e.md"] },
    { ignore: "!a\na", files: ["a", "b"], sent: ["b"] },
    { ignore: "a\n!a\na/b", files: ["a/b", "a/c"], sent: ["a/c"] },
    { ignore: "*\n! /a", files: ["a", "b"], sent: ["a"] },
    { ignore: "*\n/!a", files: ["a", "!a"], sent: ["a"] },
    { ignore: "*\n!*/keep", files: ["a/keep", "a/drop", "keep"], sent: ["a/keep"] },
    {
      ignore: "node_modules\n!node_modules/a/*",
      files: ["node_modules/a/b", "node_modules/c/d"],
      sent: ["node_modules/a/b"],
    },
  ],
  "what BuildKit refuses": [
    { ignore: "a[", files: ["a"], sent: undefined },
    { ignore: "[]", files: ["a"], sent: undefined },
    { ignore: "[a-]", files: ["a"], sent: undefined },
    { ignore: "a\\", files: ["a"], sent: undefined },
    { ignore: "!", files: ["a"], sent: undefined },
    { ignore: "!/", files: ["a"], sent: undefined },
    { ignore: "[z-a]", files: ["a"], sent: undefined },
    { ignore: "\\é", files: ["a"], sent: undefined },
    { ignore: "a".repeat(65536), files: ["a"], sent: undefined },
  ],
  "what BuildKit does not notice to be malformed": [
    { ignore: "![z-a]", files: ["a"], sent: ["a"] },
    { ignore: "[z-a]", files: [], sent: [] },
    { ignore: "a*b\\", files: ["axb$", "axb\\"], sent: ["axb\\"] },
    { ignore: `${"a".repeat(65535)}\nb`, files: ["b", "c"], sent: ["c"] },
  ],
};
