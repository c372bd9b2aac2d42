import type { Widget } from "./dashboard-widgets";

/** A widget and where it is, in columns and rows from the top left. */
export interface Placed extends Widget {
  readonly x: number;
  readonly y: number;
}

/** A dashboard's columns. */
export const COLUMNS = 24;

/** Places widgets as words are set: from left to right, in lines as high as their highest. */
export function layOut(widgets: readonly Widget[]): Placed[] {
  const placed: Placed[] = [];
  let [x, y, height] = [0, 0, 0];
  for (const widget of widgets) {
    if (x + widget.width > COLUMNS) [x, y, height] = [0, y + height, 0];
    placed.push({ ...widget, x, y });
    [x, height] = [x + widget.width, Math.max(height, widget.height)];
  }
  return placed;
}
