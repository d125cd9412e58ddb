import { type Html, html } from "../page/html.ts";
import type { Drawing } from "./drawing.ts";

/** Four times below a picture, in UTC. */
export function timeAxis({ moments }: Pick<Drawing, "moments">): Html {
  const [first = 0] = moments;
  const last = moments.at(-1) ?? first;
  const ticks = [0.02, 0.34, 0.66, 0.98].map((share) => first + share * (last - first));
  return html`<div class="time-axis">${ticks.map((time) => html`<span>${clockTime(time, last - first)}</span>`)}</div>`;
}

/** `14:05`, and `06-16` where more than two days are shown. */
export function clockTime(time: number, range: number): string {
  const text = new Date(time * 1000).toISOString();
  return range > 172_800 ? text.slice(5, 10) : text.slice(11, 16);
}
