import { expect } from "chai";
import { unheard } from "../../../components/observability/alarm-audience";

const WARNING =
  "alarms.emails is empty, so production's alarms reach nobody. " +
  'Add an address by `pulumi config set --path "alarms.emails[0]" you@example.com`, ' +
  "or subscribe to the topic (the output alarmTopicArn) yourself and set alarms.subscribedElsewhere to true.";
const CASES: [production: boolean, emails: string[], subscribedElsewhere: boolean, warning: string | undefined][] = [
  [true, [], false, WARNING],
  [true, ["a@example.com"], false, undefined],
  [true, [], true, undefined],
  [true, ["a@example.com"], true, undefined],
  [false, [], false, undefined],
];

describe("who hears of alarms", () => {
  for (const [production, emails, subscribedElsewhere, warning] of CASES) {
    const given = JSON.stringify({ production, emails, subscribedElsewhere });
    it(`${warning === undefined ? "is no matter" : "is a warning"} where ${given}`, () =>
      expect(unheard({ production, emails, subscribedElsewhere })).to.equal(warning));
  }
});
