import type { Widget } from "./dashboard-widgets";

/** A widget with its position, in columns and rows from the top left. */
export interface Placed extends Widget {
  readonly x: number;
  readonly y: number;
}

/** Number of columns of a dashboard. */
export const COLUMNS = 24;

/** Places widgets like words in a text: from left to right, in rows as high as their highest widget. */
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
