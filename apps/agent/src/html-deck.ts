import { html, raw } from "hono/html";
import type { DeckRequest } from "./deck-request";
import { createMarp } from "./slides";
import { version } from "./version";

// A second fence: even markup that got through would not be run, sent or framed.
const policy = "default-src 'none'; style-src 'unsafe-inline' https:; font-src https: data:; img-src https: data:";

/** A deck as one HTML file: printed, each slide is a page. */
export async function htmlDeck(markdown: string, theme: DeckRequest["theme"], title: string): Promise<string> {
  const marp = createMarp();
  const chosen = marp.themeSet.get(theme);
  // A deck's own `theme` directive goes first.
  if (chosen !== undefined) marp.themeSet.default = chosen;
  const { html: slides, css } = marp.render(markdown);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="generator" content="slides agent ${version}" />
        <title>${title}</title>
        <style>
          ${raw(safeCss(css))}
        </style>
      </head>
      <body>
        ${raw(slides)}
      </body>
    </html> `;
  return String(await page);
}

/** A deck may bring CSS of its own, which must not end the element that it is in. */
function safeCss(css: string): string {
  return css.replace(/<(?=[/!a-z])/gi, "\\3c ");
}
