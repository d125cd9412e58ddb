import type { PreviewPanel } from "../dashboard/preview-dashboard.ts";
import { type Html, html } from "../page/html.ts";
import { formatValue } from "../units/format-value.ts";
import { type Drawing, type DrawnPanel, noData } from "./drawing.ts";

interface Call {
  readonly client: string;
  readonly server: string;
  readonly rate: number;
  readonly failed: number;
}

const width = 220;
const height = 74;
const radius = 22;

/** Who calls whom: services from left to right, a red ring for the share that fails. */
export function drawNodeGraph(panel: PreviewPanel, drawing: Drawing): DrawnPanel {
  const selectors = panel.targets.flatMap(({ calls }) => (calls.length === 0 ? ["{}"] : calls));
  const calls = callsOf(selectors, drawing);
  if (calls.length === 0) return noData;
  const places = placesOf(calls);
  const columns = 1 + Math.max(...[...places.values()].map(({ column }) => column));
  const rows = Math.max(...[...places.values()].map(({ of }) => of));
  const at = (name: string): { readonly x: number; readonly y: number } => {
    const { column, row, of } = places.get(name) ?? { column: 0, row: 0, of: 1 };
    return { x: width * (column + 0.5), y: (height * rows * (row + 0.5)) / of };
  };
  return {
    body: html`<svg class="node-graph" viewBox="0 0 ${columns * width} ${rows * height + 10}" preserveAspectRatio="xMidYMid meet" role="img" aria-label="${panel.title}">${calls.map((call) => drawCall(call, at(call.client), at(call.server)))}${[...places.keys()].map((name) => drawNode(name, calls, at(name)))}</svg>`,
  };
}

function callsOf(selectors: readonly string[], { data }: Drawing): readonly Call[] {
  const found = new Map<string, Call>();
  for (const selector of selectors) {
    const rates = ratesOf("traces_service_graph_request_total", selector, data);
    const failures = new Map(
      ratesOf("traces_service_graph_request_failed_total", selector, data).map((one) => [keyOf(one), one.rate]),
    );
    for (const one of rates) found.set(keyOf(one), { ...one, failed: failures.get(keyOf(one)) ?? 0 });
  }
  return [...found.values()];
}

type Rated = Omit<Call, "failed">;

function ratesOf(metric: string, selector: string, data: Drawing["data"]): readonly Rated[] {
  const answer = data.ask(`sum by (client, server) (rate(${metric}${selector}[5m]))`, [data.now]);
  if ("problem" in answer) return [];
  return answer.series.flatMap(({ labels: { client = "", server = "" }, values: [rate] }) =>
    client === "" || server === "" ? [] : [{ client, server, rate: rate ?? 0 }],
  );
}

function keyOf({ client, server }: Rated): string {
  return JSON.stringify([client, server]);
}

/** As many columns as the longest way of calls has steps; a way that comes back to itself ends there. */
function placesOf(
  calls: readonly Call[],
): ReadonlyMap<string, { readonly column: number; readonly row: number; readonly of: number }> {
  const names = [...new Set(calls.flatMap(({ client, server }) => [client, server]))].sort();
  const columns = new Map(names.map((name) => [name, 0]));
  for (let round = 0; round < names.length; round++) {
    let moved = false;
    for (const { client, server } of calls) {
      const next = Math.min((columns.get(client) ?? 0) + 1, 6);
      if (client !== server && next > (columns.get(server) ?? 0)) {
        columns.set(server, next);
        moved = true;
      }
    }
    if (!moved) break;
  }
  const byColumn = Map.groupBy(names, (name) => columns.get(name) ?? 0);
  return new Map(
    [...byColumn].flatMap(([column, members]) =>
      members.map((name, row) => [name, { column, row, of: members.length }] as const),
    ),
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function drawCall({ rate }: Call, from: Point, to: Point): Html {
  const middle = (from.x + to.x) / 2;
  return html`<path class="edge" d="M${round(from.x + radius)} ${round(from.y)}C${round(middle)} ${round(from.y)} ${round(middle)} ${round(to.y)} ${round(to.x - radius)} ${round(to.y)}"><title>${formatValue(rate, "reqps")}</title></path>`;
}

function drawNode(name: string, calls: readonly Call[], { x, y }: Point): Html {
  const taken = calls.filter(({ server }) => server === name);
  const own = taken.length > 0 ? taken : calls.filter(({ client }) => client === name);
  const rate = own.reduce((sum, call) => sum + call.rate, 0);
  const share = rate === 0 ? 0 : Math.min(1, own.reduce((sum, call) => sum + call.failed, 0) / rate);
  const around = 2 * Math.PI * radius;
  return html`<g><circle class="ring" cx="${round(x)}" cy="${round(y)}" r="${radius}"/><circle class="failed" cx="${round(x)}" cy="${round(y)}" r="${radius}" stroke-dasharray="${round(around * share)} ${round(around)}"/><text class="rate" x="${round(x)}" y="${round(y + 3)}">${formatValue(rate, "reqps").replace(" req/s", "/s")}</text><text class="node" x="${round(x)}" y="${round(y + radius + 11)}">${name}</text></g>`;
}

function round(number: number): string {
  return String(Math.round(number * 10) / 10);
}
