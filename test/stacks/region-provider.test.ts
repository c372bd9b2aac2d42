import { expect } from "chai";
import { regionProvider } from "../../stacks/region-provider";
import { deploy } from "../support/deploy";
import { settingsOf } from "../support/settings";

describe("regionProvider", () => {
  const made = async (region: string) => {
    const { result, resources } = await deploy(() => regionProvider("away", region, settingsOf()) !== undefined);
    return { result, inputs: resources.map(({ inputs }) => inputs) };
  };

  it("is none for the stack's own region", async () =>
    expect(await made("ap-northeast-1")).to.deep.equal({ result: false, inputs: [] }));

  it("is as the stack's own, in another region", async () => {
    const { result, inputs } = await made("us-east-1");
    expect(result).to.equal(true);
    expect(inputs).to.have.lengthOf(1);
    expect(inputs[0]?.["region"]).to.equal("us-east-1");
    expect(JSON.stringify(inputs[0])).to.contain("123456789012").and.contain("graviton-containers");
  });
});
