import { expect } from "chai";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { clientToken } from "../../../../components/agent/steps/agent-token";
import { rejection } from "../../../support/rejection";

const SECRET = { client_id: "deploy", client_secret: "p:w/d", scope: "agent/invoke" };

interface Asked {
  readonly authorization: string | undefined;
  readonly form: Record<string, string>;
}

/** Runs an issuer of tokens. */
async function withIssuer(status: number, use: (discoveryUrl: string, asked: Asked[]) => Promise<void>): Promise<void> {
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const json = (body: object, code = 200) => void response.writeHead(code).end(JSON.stringify(body));
    if (request.method === "GET") return json({ token_endpoint: `${base}/token` });
    void request.toArray().then((chunks) => {
      const form = Object.fromEntries(new URLSearchParams(chunks.join("")));
      asked.push({ authorization: request.headers.authorization, form });
      json({ access_token: "t-1", token_type: "Bearer" }, status);
    });
  });
  await once(server.listen(0), "listening");
  const { port } = server.address() as AddressInfo;
  try {
    await use(`http://127.0.0.1:${port}/.well-known/openid-configuration`, asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe("the token of a check", () => {
  it("is given for a client's credentials, by the issuer that the discovery document names", () =>
    withIssuer(200, async (url, asked) => {
      expect(await clientToken(url, JSON.stringify(SECRET))).to.equal("t-1");
      const authorization = `Basic ${Buffer.from("deploy:p%3Aw%2Fd").toString("base64")}`;
      expect(asked).to.deep.equal([
        { authorization, form: { grant_type: "client_credentials", scope: "agent/invoke" } },
      ]);
    }));

  it("needs no scope", () =>
    withIssuer(200, async (url, asked) => {
      await clientToken(url, JSON.stringify({ client_id: "a", client_secret: "b" }));
      expect(asked[0]?.form).to.deep.equal({ grant_type: "client_credentials" });
    }));

  it("is missed with a message without anything of the secret", () =>
    withIssuer(401, async (url) => {
      const message = await rejection(clientToken(url, JSON.stringify(SECRET)));
      expect(message).to.match(/\/token returned 401, so there is no token for the check$/);
      expect(message).to.not.include("p:w/d");
    }));

  for (const text of ["", "p:w/d", '{"client_id":"p:w/d"}']) {
    it(`can't be had for ${JSON.stringify(text)}`, async () =>
      expect(await rejection(clientToken("http://127.0.0.1:1", text))).to.equal(
        "the secret of the check must be JSON with client_id and client_secret",
      ));
  }
});
