import { expect } from "chai";
import { fetchPatiently } from "../../../../components/core/steps/patient-fetch";
import { AwsServer, Reply } from "../../../support/aws-server";
import { rejection } from "../../../support/rejection";

describe("fetchPatiently", () => {
  const aws = AwsServer.forClients();
  const get = async (...replies: Reply[]) => {
    aws.script({ "GET /blob": replies });
    const response = await fetchPatiently(`${aws.url}/blob`);
    return [response.status, await response.text(), aws.requests.length];
  };
  const failure = (status: number) => new Reply(status, String(status));

  it("asks again after a short failure, five times at most", async () => {
    expect(await get(failure(503), failure(429), failure(500), new Reply(200, "it"))).to.deep.equal([200, "it", 4]);
    expect(await get(failure(503))).to.deep.equal([503, "503", 5]);
  });

  it("takes a refusal for an answer", async () => {
    for (const status of [403, 404, 400]) expect(await get(failure(status))).to.deep.equal([status, String(status), 1]);
  });

  it("fails where nothing answers", async () =>
    expect(await rejection(fetchPatiently("http://127.0.0.1:1/blob"))).to.equal("fetch failed"));
});
