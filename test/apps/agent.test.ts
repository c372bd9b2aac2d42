import { expect } from "chai";
import fc from "fast-check";
import JSZip from "jszip";
import { Activity } from "../../apps/agent/src/activity";
import { createApp, type AppDependencies } from "../../apps/agent/src/app";
import { BedrockAuthor } from "../../apps/agent/src/author";
import { createLog } from "../../apps/agent/src/log";
import { outline } from "../../apps/agent/src/outline";
import { readSettings } from "../../apps/agent/src/settings";
import { readSlides } from "../../apps/agent/src/slides";
import { call, LogLines } from "./http";

const MARKDOWN =
  "# Plan\n\n---\n\n## Steps\n\n- one **bold**\n- two\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nrun()\n```\n";
const SESSION = "x-amzn-bedrock-agentcore-runtime-session-id";

function appWith(dependencies: Partial<AppDependencies> = {}, lines = new LogLines()) {
  return createApp({ author: undefined, log: createLog("DEBUG", lines), ...dependencies });
}

async function invoke(body: unknown, app = appWith()): Promise<{ status: number; body: any }> {
  return call(app, "/invocations", typeof body === "string" ? body : JSON.stringify(body));
}

/** The texts of each slide of a PowerPoint file, in order. */
async function slideTexts(base64: string): Promise<string[][]> {
  const zip = await JSZip.loadAsync(base64, { base64: true });
  const files = Object.keys(zip.files).filter((name) => /^ppt\/slides\/slide\d+\.xml$/.test(name));
  const byNumber = files.sort((a, b) => Number(/\d+/.exec(a)?.[0]) - Number(/\d+/.exec(b)?.[0]));
  const texts = byNumber.map(async (name) => {
    const xml = (await zip.file(name)?.async("text")) ?? "";
    return [...xml.matchAll(/<a:t>([^<]*)<\/a:t>/g)].map(([, text = ""]) => text);
  });
  return Promise.all(texts);
}

const sections = (html: string) => html.match(/<section /g)?.length ?? 0;

describe("apps/agent", () => {
  it("is healthy when it is idle, and says since when", async () => {
    const activity = new Activity(() => 1_700_000_000_999);
    const { status, body } = await call(appWith({ activity }), "/ping");
    expect({ status, body }).to.deep.equal({
      status: 200,
      body: { status: "Healthy", time_of_last_update: 1_700_000_000 },
    });
  });

  it("is busy from the first invocation that begins to the last that ends, whatever its end", async () => {
    let now = 1000;
    const activity = new Activity(() => now);
    const ends: (() => void)[] = [];
    const invocation = () => activity.during(() => new Promise<void>((resolve) => ends.push(resolve)));
    const first = invocation();
    now = 2000;
    const second = invocation();
    expect(activity.ping()).to.deep.equal({ status: "HealthyBusy", time_of_last_update: 1 });
    ends[0]?.();
    await first;
    expect(activity.ping().status).to.equal("HealthyBusy");
    now = 3000;
    ends[1]?.();
    await second;
    expect(activity.ping()).to.deep.equal({ status: "Healthy", time_of_last_update: 3 });
    await activity.during(() => Promise.reject(new Error("no"))).catch(() => undefined);
    expect(activity.ping().status).to.equal("Healthy");
  });

  it("answers while it is busy that it is", async () => {
    const activity = new Activity();
    let finish: (markdown: string) => void = () => undefined;
    const author = { write: () => new Promise<string>((resolve) => (finish = resolve)) };
    const app = appWith({ activity, author });
    const answer = invoke({ prompt: "bees" }, app);
    await new Promise((resolve) => setImmediate(resolve));
    expect((await call(app, "/ping")).body).to.deep.include({ status: "HealthyBusy" });
    finish("# Bees");
    expect((await answer).body).to.deep.include({ title: "Bees", slides: 1, markdown: "# Bees" });
    expect((await call(app, "/ping")).body).to.deep.include({ status: "Healthy" });
  });

  it("makes an HTML deck, one section a slide", async () => {
    const { status, body } = await invoke({ markdown: MARKDOWN });
    expect(status).to.equal(200);
    const { content, ...rest } = body;
    expect(rest).to.deep.equal({
      title: "Plan",
      slides: 3,
      format: "html",
      contentType: "text/html; charset=utf-8",
      encoding: "utf8",
      markdown: MARKDOWN,
      version: "1.0.0",
    });
    expect(sections(content)).to.equal(3);
    expect(content)
      .to.match(/^<!doctype html>/)
      .and.include("<title>Plan</title>")
      .and.include("<strong>bold</strong>");
    expect(content).to.include("default-src &#39;none&#39;");
  });

  it("makes a PowerPoint deck of text that can be edited", async () => {
    const { status, body } = await invoke({ markdown: MARKDOWN, format: "pptx", theme: "gaia" });
    expect(status).to.equal(200);
    expect(body.contentType).to.equal("application/vnd.openxmlformats-officedocument.presentationml.presentation");
    expect(await slideTexts(body.content)).to.deep.equal([
      ["Plan"],
      ["Steps", "one ", "bold", "two"],
      ["a", "b", "1", "2", "run()"],
    ]);
  });

  it("takes a theme, which a deck's own directive overrules", async () => {
    const themeOf = async (body: object) => /data-theme="(\w+)"/.exec((await invoke(body)).body.content)?.[1];
    const css = async (theme: string) => (await invoke({ markdown: "# A", theme })).body.content as string;
    expect(await css("gaia"))
      .to.include("Lato")
      .and.not.equal(await css("uncover"));
    expect(await themeOf({ markdown: "---\ntheme: uncover\n---\n# A", theme: "gaia" })).to.equal("uncover");
  });

  it("outlines a text without a model, always the same", async () => {
    const text = "Bees\n\nBees fly. They sting. They make honey.\n\nThe end.";
    expect(outline(text)).to.equal(
      "# Bees\n\n---\n\n## Bees fly\n\n- They sting\\.\n- They make honey\\.\n\n---\n\n## The end\n\n- The end\\.",
    );
    expect((await invoke({ text })).body).to.deep.include({ title: "Bees", slides: 3 });
  });

  it("streams what it does where events are asked for, the deck last", async () => {
    const request = {
      method: "POST",
      body: JSON.stringify({ text: "Bees" }),
      headers: { accept: "text/event-stream" },
    };
    const response = await appWith().request("/invocations", request);
    expect(response.headers.get("content-type")).to.match(/^text\/event-stream/);
    const events = (await response.text()).trim().split("\n\n");
    const parsed = events.map((event) => {
      const [, name, data = ""] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
      return { name, data: JSON.parse(data) };
    });
    expect(parsed.map(({ name }) => name)).to.deep.equal(["progress", "progress", "deck"]);
    expect(parsed.map(({ data }) => data.step ?? data.title)).to.deep.equal(["writing", "rendering", "Bees"]);
  });

  it("streams a failure as an event", async () => {
    const request = { method: "POST", body: '{"prompt": "x"}', headers: { accept: "text/event-stream" } };
    const text = await (await appWith().request("/invocations", request)).text();
    expect(text).to.match(/event: error\ndata: {"message":"prompt needs a model/);
  });

  it("asks the model for Markdown, and takes it out of a code block", async () => {
    const sent: any[] = [];
    const send = (command: any) => {
      sent.push(command.input);
      return Promise.resolve({ output: { message: { content: [{ text: "```markdown\n# Bees\n---\n## Two\n```" }] } } });
    };
    const author = new BedrockAuthor("amazon.nova-lite-v1:0", { send } as never);
    expect((await invoke({ prompt: "about bees" }, appWith({ author }))).body).to.deep.include({
      title: "Bees",
      markdown: "# Bees\n---\n## Two",
    });
    expect(sent[0].modelId).to.equal("amazon.nova-lite-v1:0");
    expect(sent[0].messages).to.deep.equal([{ role: "user", content: [{ text: "about bees" }] }]);
  });

  it("answers 500 and keeps the cause in the log, with the session, when the model fails", async () => {
    const lines = new LogLines();
    const author = { write: () => Promise.reject(new Error("no access to the model")) };
    const app = appWith({ author }, lines);
    const { status, body } = await call(app, "/invocations", '{"prompt":"x"}', { [SESSION]: "s-1" });
    expect({ status, body }).to.deep.equal({
      status: 500,
      body: { message: "the invocation failed; its cause is in the log" },
    });
    const [failed, request]: any[] = lines.lines;
    expect(failed).to.deep.include({ level: "ERROR", sessionId: "s-1", message: "invocation failed" });
    expect(failed.err.message).to.equal("no access to the model");
    expect(request).to.deep.include({ level: "INFO", sessionId: "s-1", status: 500, path: "/invocations" });
  });

  it("reports a model that ends without a text", async () => {
    const send = () => Promise.resolve({ stopReason: "content_filtered", output: { message: { content: [] } } });
    const author = new BedrockAuthor("m.n", { send } as never);
    const message = await author.write("x").catch((error: Error) => error.message);
    expect(message).to.equal("the model ended by content_filtered without a text");
  });

  const SOURCES = "the body must have exactly one of markdown, text and prompt";
  const REFUSED: [string, unknown, string][] = [
    ["no JSON", "hello", 'the body must be a JSON object such as {"markdown": "# Title"}, got "hello"'],
    ["nothing", "", 'the body must be a JSON object such as {"markdown": "# Title"}, got ""'],
    ["no source", {}, SOURCES],
    ["two sources", { markdown: "# A", text: "A" }, SOURCES],
    ["blank Markdown", { markdown: " \n" }, 'markdown must be a text of 1 to 200000 characters, got " \\n"'],
    ["a number", { text: 1 }, "text must be a text of 1 to 200000 characters, got 1"],
    [
      "a long prompt",
      { prompt: "x".repeat(4001) },
      `prompt must be a text of 1 to 4000 characters, got "${"x".repeat(79)}...`,
    ],
    ["an unknown format", { text: "A", format: "pdf" }, 'format must be one of html, pptx, got "pdf"'],
    ["an unknown theme", { text: "A", theme: "neon" }, 'theme must be one of default, gaia, uncover, got "neon"'],
    [
      "an unknown field",
      { text: "A", colour: 1 },
      "the body has fields that are not known: colour; there are markdown, text, prompt, theme and format",
    ],
    [
      "a prompt without a model",
      { prompt: "x" },
      "prompt needs a model, and MODEL_ID names none here; send markdown, or text to be outlined",
    ],
    [
      "too many slides",
      { markdown: Array.from({ length: 201 }, () => "a").join("\n\n---\n\n") },
      "a deck must have at most 200 slides, the markdown has 201",
    ],
  ];
  for (const [what, body, message] of REFUSED) {
    it(`refuses ${what}`, async () => expect(await invoke(body)).to.deep.equal({ status: 400, body: { message } }));
  }

  it("refuses a body beyond its limit before it is read to the end", async () => {
    const { status, body } = await invoke({ markdown: "x".repeat(1024 * 1024) });
    expect({ status, body }).to.deep.equal({
      status: 413,
      body: { message: "the body must be at most 1048576 bytes" },
    });
  });

  it("answers 404 elsewhere", async () => {
    expect(await call(appWith(), "/")).to.deep.equal({
      status: 404,
      body: { message: "there is no GET /; there is POST /invocations" },
    });
  });

  it("reads its environment, and names every bad variable", () => {
    expect(readSettings({})).to.deep.equal({ port: 8080, logLevel: "INFO", modelId: undefined });
    expect(readSettings({ MODEL_ID: "", PORT: "80" })).to.deep.include({ port: 80, modelId: undefined });
    expect(readSettings({ MODEL_ID: "us.anthropic.claude-x-v1:0" }).modelId).to.equal("us.anthropic.claude-x-v1:0");
    expect(() => readSettings({ PORT: "x", LOG_LEVEL: "loud", MODEL_ID: "a b" })).to.throw(
      'PORT must be a whole number from 1 to 65535, got "x"; ' +
        'LOG_LEVEL must be one of TRACE, DEBUG, INFO, WARN, ERROR, FATAL, got "loud"; ' +
        'MODEL_ID must be the id of a Bedrock model or inference profile, or empty, got "a b"',
    );
  });
});

describe("laws of the decks", () => {
  const word = fc.stringMatching(/^[a-zA-Z0-9 <>&"'`*_#|[\]()!-]{1,30}$/);
  // A slide that begins in the middle of nothing: no fence or comment that could swallow what follows.
  const slide = fc
    .tuple(word, fc.array(word, { maxLength: 4 }))
    .map(([title, lines]) => [`## t${title}`, ...lines.map((line) => `- x${line}`)].join("\n\n"));
  const sentence = word.map((text) => text.replaceAll("!", ""));
  const deck = fc.array(slide, { minLength: 1, maxLength: 8 });

  it("every --- makes a slide, in each format", async () => {
    await fc.assert(
      fc.asyncProperty(deck, async (slides) => {
        const markdown = slides.join("\n\n---\n\n");
        const html = (await invoke({ markdown })).body;
        const pptx = (await invoke({ markdown, format: "pptx" })).body;
        expect(html.slides).to.equal(slides.length);
        expect(sections(html.content)).to.be.at.least(slides.length);
        expect(await slideTexts(pptx.content)).to.have.lengthOf(slides.length);
      }),
      { numRuns: 40 },
    );
  });

  const attack = fc.constantFrom(
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "![bg](javascript:alert(1))",
    '<iframe src="https://a"></iframe>',
    '<!-- _class: "><script>alert(1)</script> -->',
    "<!-- header: '<script>alert(1)</script>' -->",
    "<!-- _backgroundImage: \"url('javascript:alert(1)')\" -->",
    "<style>/* </style><script>alert(1)</script> */</style>",
    "<style>a { content: '</style><script>alert(1)</script>' }</style>",
  );
  const front = fc.constantFrom(
    "",
    '---\nstyle: "/* </style><script>alert(1)</script> */"\n---\n',
    '---\nstyle: "a { content: \'</style><script>alert(1)</script>\' }"\ntitle: "</title><script>alert(1)</script>"\n---\n',
    '---\ntheme: "</style><script>"\nclass: "\\"><script>alert(1)</script>"\n---\n',
  );

  it("no script, event handler or script address of the Markdown is in the HTML", async () => {
    await fc.assert(
      fc.asyncProperty(front, fc.array(fc.oneof(attack, word), { minLength: 1, maxLength: 5 }), async (head, parts) => {
        const { body } = await invoke({ markdown: `${head}# A\n\n${parts.join("\n\n")}` });
        // Tags as a browser reads them: attribute values are quoted, and text has no "<".
        const tags = [...String(body.content).matchAll(/<\/?([a-z][a-z0-9-]*)((?:"[^"]*"|[^"<>])*)>/gi)];
        expect(tags.map(([, name]) => name?.toLowerCase())).to.not.include.oneOf([
          "script",
          "iframe",
          "object",
          "embed",
        ]);
        const attributes = tags.map(([, , text = ""]) => text.replace(/"[^"]*"/g, '""'));
        expect(attributes.filter((text) => /\son\w+\s*=/i.test(text))).to.deep.equal([]);
        expect(body.content).to.not.match(/(href|src)="\s*javascript:/i);
        expect(body.content.split("</style>")).to.have.lengthOf(2);
      }),
      { numRuns: 100 },
    );
  }).timeout(60_000);

  it("an outline shows the text's words and makes none of its markup", () => {
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 6 }), (paragraphs) => {
        const slides = readSlides(outline(`Title\n\n${paragraphs.map((text) => `p${text}`).join("\n\n")}`));
        const shown = slides.flatMap(({ blocks }) =>
          blocks.map((block) => (block.kind === "paragraph" ? block : undefined)),
        );
        const texts = shown.map((block) => block?.runs.map(({ text }) => text).join(""));
        expect(shown).to.not.include(undefined);
        for (const run of shown.flatMap((block) => block?.runs ?? []))
          expect(run).to.include({ bold: false, code: false });
        const letters = (text: string) => text.replace(/\s+/g, "");
        expect(letters(texts.join(""))).to.equal(letters(paragraphs.map((text) => `p${text}`).join("")));
      }),
      { numRuns: 300 },
    );
  });

  it("an answer depends on nothing but the request", async () => {
    await fc.assert(
      fc.asyncProperty(deck, async (slides) => {
        const body = { markdown: slides.join("\n\n---\n\n") };
        expect(await invoke(body)).to.deep.equal(await invoke(body));
      }),
      { numRuns: 20 },
    );
  });
});
