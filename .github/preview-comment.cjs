// Writes what `pulumi preview` printed into the pull request: one comment for each stack, replaced by the next.
// Plain JavaScript without packages, so that it runs where `npm ci` failed.
const fs = require("node:fs");

/** Most characters of a comment on GitHub. */
const MOST = 65_536;

/** Most characters of the summary. Pulumi's has a line for each of a few operations, but a program can print what looks like one. */
const MOST_OF_SUMMARY = 4_096;

/** The comment of a stack's preview: what it would change first, then the whole output as far as there is room. */
function comment({ stack, output, commit, runUrl }) {
  // The last one is Pulumi's: a program prints before it.
  const resources = [...output.matchAll(/^Resources:\n(?: {4}.*\n?)+/gm)]
    .at(-1)?.[0]
    .trimEnd()
    .slice(0, MOST_OF_SUMMARY);
  const summary = resources ?? "The preview failed, or printed no summary: see its end below.";
  const head = `${marker(stack)}\n### Preview of \`${stack}\` at ${commit.slice(0, 12)}\n\n${fenced(summary)}\n\n`;
  const tail = `\n\n[The whole log](${runUrl})\n`;
  const folded = (text, title) => `<details><summary>${title}</summary>\n\n${fenced(text)}\n\n</details>`;
  const room = MOST - head.length - tail.length - folded("", "The first lines, 00,000 of 00,000,000 characters").length;
  const whole = output.length <= room;
  // Without a summary the reason is at the end.
  const part = resources === undefined ? output.slice(-room) : output.slice(0, room);
  const title = `The ${resources === undefined ? "last" : "first"} ${room} of ${output.length} characters`;
  return head + folded(whole ? output : part, whole ? "The whole output" : title) + tail;
}

/** By which the comment of a stack is found again. */
function marker(stack) {
  return `<!-- preview of ${stack} -->`;
}

/** A block that nothing in the text ends: its fence is longer than each in it, which zero-width spaces would not copy. */
function fenced(text) {
  return `~~~~~~text\n${text.replaceAll("~~~~~~", "~~~~~ ")}\n~~~~~~`;
}

/** Replaces the comment of a stack, or makes it. */
async function write(body, { stack, repository, pullRequest, token, api }) {
  const ask = async (path, init = {}) => {
    const headers = { authorization: `Bearer ${token}`, accept: "application/vnd.github+json" };
    const response = await fetch(`${api}/repos/${repository}${path}`, { ...init, headers });
    if (!response.ok) throw new Error(`GitHub answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const found = await find(ask, pullRequest, marker(stack));
  const path = found === undefined ? `/issues/${pullRequest}/comments` : `/issues/comments/${found}`;
  await ask(path, { method: found === undefined ? "POST" : "PATCH", body: JSON.stringify({ body }) });
}

async function find(ask, pullRequest, mark) {
  for (let page = 1; ; page++) {
    const comments = await ask(`/issues/${pullRequest}/comments?per_page=100&page=${page}`);
    const own = comments.find(({ body, user }) => body?.startsWith(mark) && user?.type === "Bot");
    if (own !== undefined || comments.length < 100) return own?.id;
  }
}

async function main([file = "preview.txt"]) {
  const { STACK: stack = "", COMMIT: commit = "", RUN_URL: runUrl = "" } = process.env;
  const output = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "The preview did not start.";
  await write(comment({ stack, output, commit, runUrl }), {
    stack,
    repository: process.env.GITHUB_REPOSITORY,
    pullRequest: process.env.PULL_REQUEST,
    token: process.env.GITHUB_TOKEN,
    api: process.env.GITHUB_API_URL ?? "https://api.github.com",
  });
}

module.exports = { comment, write, MOST };
if (require.main === module) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
