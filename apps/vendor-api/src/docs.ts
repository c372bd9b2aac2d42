import { html } from "hono/html";
import * as z from "zod";
import { retrieveRequest } from "./retrieve-request";
import { version } from "./version";

const message = z.toJSONSchema(z.object({ message: z.string() }));

const health = z.toJSONSchema(
  z.object({
    status: z.enum(["ok", "loading"]),
    service: z.literal("VendorApi"),
    version: z.string(),
    passages: z.int().optional(),
  }),
);

const passages = z.toJSONSchema(
  z.object({
    passages: z.array(z.object({ id: z.string(), text: z.string(), source: z.string(), score: z.number() })),
  }),
);

/** The OpenAPI description of this service. */
export const openApi = {
  openapi: "3.1.0",
  info: { title: "Vendor API", version, description: "Retrieval over the vector files of a bucket." },
  paths: {
    "/health": {
      get: {
        summary: "Whether the vector files are loaded",
        responses: { "200": answer("They are.", health), "503": answer("Not yet.", health) },
      },
    },
    "/retrieve": {
      post: {
        summary: "The passages that fit a query best, best first",
        requestBody: {
          required: true,
          content: { "application/json": { schema: z.toJSONSchema(retrieveRequest, { io: "input" }) } },
        },
        responses: {
          "200": answer("Passages with their scores.", passages),
          "400": answer("Everything that is wrong with the request.", message),
          "413": answer("The body is too large.", message),
          "503": answer("The vector files are not loaded yet.", message),
        },
      },
    },
  },
};

/** The same for people. It needs no script, and nothing from elsewhere. */
export function docsPage() {
  const operations = Object.entries(openApi.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ title: `${method.toUpperCase()} ${path}`, operation })),
  );
  return html`<!doctype html>
    <html lang="en">
      <title>${openApi.info.title}</title>
      <h1>${openApi.info.title} ${version}</h1>
      <p>${openApi.info.description} As data: <a href="/openapi.json">/openapi.json</a></p>
      ${operations.map(
        ({ title, operation }) =>
          html`<h2>${title}</h2>
            <p>${operation.summary}</p>
            <pre>${JSON.stringify(operation, undefined, 2)}</pre>`,
      )}
    </html>`;
}

function answer(description: string, schema: object) {
  return { description, content: { "application/json": { schema } } };
}
