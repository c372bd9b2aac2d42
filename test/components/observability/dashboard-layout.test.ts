import { expect } from "chai";
import fc from "fast-check";
import { COLUMNS, layOut } from "../../../components/observability/dashboard-layout";
import type { Widget } from "../../../components/observability/dashboard-widgets";

const widgets = fc.array(
  fc.record({ width: fc.integer({ min: 1, max: COLUMNS }), height: fc.integer({ min: 1, max: 9 }) }),
  { maxLength: 30 },
);
const text = ({ width, height }: { width: number; height: number }): Widget => ({
  type: "text",
  width,
  height,
  properties: {},
});

describe("layOut", () => {
  it("keeps every widget on the dashboard, in order, and none on top of another", () => {
    fc.assert(
      fc.property(widgets, (sizes) => {
        const placed = layOut(sizes.map(text));
        expect(placed.map(({ width, height }) => ({ width, height }))).to.deep.equal(sizes);
        placed.forEach((a, index) => {
          expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= COLUMNS).to.equal(true);
          for (const b of placed.slice(index + 1)) {
            const apart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect(apart, "widgets on top of each other").to.equal(true);
            expect(b.y > a.y || (b.y === a.y && b.x > a.x), "order").to.equal(true);
          }
        });
      }),
    );
  });

  it("begins a line where the one before is full, below its highest widget", () => {
    const sizes = [
      { width: 12, height: 2 },
      { width: 12, height: 5 },
      { width: 1, height: 1 },
      { width: 24, height: 1 },
    ];
    expect(layOut(sizes.map(text)).map(({ x, y }) => [x, y])).to.deep.equal([
      [0, 0],
      [12, 0],
      [0, 5],
      [0, 6],
    ]);
  });
});
