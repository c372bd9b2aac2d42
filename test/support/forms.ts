import { expect } from "chai";

/** Tests of a form: texts that it takes, and texts that it doesn't. */
export function itTakes(what: string, takes: (text: string) => boolean, taken: string[], refused: string[]): void {
  for (const text of taken) {
    it(`takes as ${what}: ${JSON.stringify(text).slice(0, 60)}`, () => expect(takes(text)).to.equal(true));
  }
  for (const text of refused) {
    it(`does not take as ${what}: ${JSON.stringify(text).slice(0, 60)}`, () => expect(takes(text)).to.equal(false));
  }
}
