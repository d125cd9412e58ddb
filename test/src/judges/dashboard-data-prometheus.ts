import { join } from "node:path";
import {
  type Environment,
  emitYaml,
  fieldAt,
  listAt,
  type Platform,
  parseDuration,
  textAt,
  textMapAt,
} from "@plinth/core";
import { catalogueWith, type Metric, promqlSelectors } from "@plinth/metrics";
import { type SyntheticSeries, syntheticSeries } from "@plinth/metrics/synthetic";
import { waitFor } from "../cluster/wait-for.ts";
import { startPrometheus } from "./alerting-live-processes.ts";
import { remoteWriteRequest } from "./dashboard-data-remote-write.ts";
import type { RenderedObject } from "./rendered-tree.ts";
import { writeFiles } from "./write-files.ts";

/** A Prometheus that holds what an environment would have measured, and what the rendered rules make of it. */
export interface DataPrometheus {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly series: number;
  readonly rules: number;
  stop(): Promise<void>;
}

export interface DataOptions {
  readonly platform: Platform;
  readonly environment: Environment;
  /** Objects of the environment. */
  readonly objects: readonly RenderedObject[];
  /** Every expression that is going to be asked. */
  readonly expressions: readonly string[];
  /** Metrics that only this platform has. */
  readonly metrics: readonly Metric[];
  readonly folder: string;
  readonly signal: AbortSignal;
}

const minute = 60;

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

// What is looked at: the last minutes, with what came just now. Rules are evaluated a little after that.
const lately: Stretch = { from: -16 * minute, to: 4 * minute, step: 30 };

/** Before that only what expressions look back to with an offset. None is long: Prometheus takes no sample that is much older than its newest. */
function stretchesFor(expressions: readonly string[]): readonly Stretch[] {
  const offsets = new Set(
    expressions.flatMap((text) =>
      [...text.matchAll(/\boffset\s+(\w+)/g)].map(([, offset = ""]) => (parseDuration(offset) ?? 0) / 1000),
    ),
  );
  return [...offsets]
    .filter((offset) => offset > 10 * minute)
    .sort((a, b) => b - a)
    .map((offset): Stretch => ({ from: -offset - 5 * minute, to: -offset + 4 * minute, step: 3 * minute }))
    .concat(lately);
}

/** Whole hours, at which rules with subqueries look. */
function lastHours(now: number): readonly Stretch[] {
  const hour = 60 * minute;
  const last = Math.floor(now / hour) * hour - now + 5 * minute;
  return [2, 1, 0].map((before) => ({ from: last - before * hour - minute, to: last - before * hour, step: minute }));
}

const seriesInRequest = 4000;
// Rules of rules of rules; and once more when they have a history.
const roundsOfRules = 3;
const roundsAfterHistory = 3;

/** Starts it, writes the series, loads the rules and waits until each was evaluated some times: rules of rules need that. */
export async function startDataPrometheus(options: DataOptions): Promise<DataPrometheus> {
  const { platform, environment, objects, expressions, metrics, folder, signal } = options;
  const all = ruleGroups(objects);
  const groups = environment.production ? all : neededGroups(all, expressions);
  const texts = [...expressions, ...groups.flatMap(({ rules }) => rules.map((rule) => textAt(rule, "expr")))];
  const now = Math.floor(Date.now() / 1000 / 30) * 30;
  const series = [
    ...syntheticSeries({
      platform,
      environment,
      now,
      expressions: texts,
      trouble: "everywhere",
      catalogue: catalogueWith(...metrics),
    }),
    ...firingAlerts(all.flatMap(({ rules }) => rules)),
  ];
  const config = (interval: string, ...ruleFiles: readonly string[]) => ({
    path: "prometheus.yaml",
    text: emitYaml({
      global: { evaluation_interval: interval },
      // What rules record has been recorded before, too.
      storage: { tsdb: { out_of_order_time_window: "40d" } },
      rule_files: ruleFiles,
    }),
  });
  writeFiles(folder, [config("2s"), { path: "rules.yaml", text: emitYaml({ groups }) }]);
  const server = await startPrometheus(join(folder, "prometheus.yaml"), join(folder, "storage"), [
    "--web.enable-remote-write-receiver",
    "--web.enable-lifecycle",
  ]);
  const url = `http://${server.address}`;
  try {
    const stretches = stretchesFor(texts);
    await write(url, series, stretches, now, signal);
    writeFiles(folder, [config("2s", "rules.yaml")]);
    await post(`${url}/-/reload`, undefined, signal);
    await untilEvaluated(url, groups.length, roundsOfRules);
    await write(url, await recordedSeries(url, signal), [...stretches, ...lastHours(now)], now - 5 * minute, signal);
    await untilEvaluated(url, groups.length, roundsOfRules + roundsAfterHistory);
    // Enough is recorded: now it answers.
    writeFiles(folder, [config("5m", "rules.yaml")]);
    await post(`${url}/-/reload`, undefined, signal);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url,
    series: series.length,
    rules: groups.reduce((sum, { rules }) => sum + rules.length, 0),
    stop: () => server.stop(),
  };
}

async function write(
  url: string,
  series: readonly SyntheticSeries[],
  stretches: readonly Stretch[],
  now: number,
  signal: AbortSignal,
): Promise<void> {
  for (const { from, to, step } of stretches) {
    const times = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => now + from + index * step);
    for (let first = 0; first < series.length; first += seriesInRequest)
      await post(
        `${url}/api/v1/write`,
        remoteWriteRequest(series.slice(first, first + seriesInRequest), times),
        signal,
      );
  }
}

/** What rules have recorded, as if it had always been so. */
async function recordedSeries(url: string, signal: AbortSignal): Promise<readonly SyntheticSeries[]> {
  const query = new URLSearchParams({ query: '{__name__=~".+:.+"}' });
  const answer: unknown = await (await fetch(`${url}/api/v1/query?${query}`, { signal })).json();
  return listAt(answer, "data", "result").flatMap((entry): SyntheticSeries[] => {
    const { __name__: name = "", ...labels } = textMapAt(entry, "metric");
    const value = Number(listAt(entry, "value")[1]);
    return Number.isFinite(value) ? [{ name, labels, valueAt: () => value }] : [];
  });
}

async function post(url: string, body: Uint8Array | undefined, signal: AbortSignal): Promise<void> {
  const headers = {
    "Content-Type": "application/x-protobuf",
    "Content-Encoding": "snappy",
    "X-Prometheus-Remote-Write-Version": "0.1.0",
  };
  const answer = await fetch(url, {
    method: "POST",
    signal,
    ...(body === undefined ? {} : { headers, body: new Uint8Array(body) }),
  });
  if (!answer.ok) throw new Error(`Prometheus answers ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
}

interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Readonly<Record<string, unknown>>[];
}

/** The rendered rules, each evaluated at every tick; alerts fire as soon as their expression holds. */
function ruleGroups(objects: readonly RenderedObject[]): readonly RuleGroup[] {
  return objects
    .filter(({ resource }) => resource.kind === "PrometheusRule")
    .flatMap(({ file, resource }) =>
      listAt(resource, "spec", "groups").map((group, index) => ({
        name: `${file.path} ${index}`,
        rules: listAt(group, "rules").map((rule) => {
          const alert = fieldAt(rule, "alert");
          return {
            ...(alert === undefined ? { record: fieldAt(rule, "record") } : { alert }),
            expr: textAt(rule, "expr"),
            labels: textMapAt(rule, "labels"),
          };
        }),
      })),
    );
}

/** The groups that record what expressions ask for, and what those ask for in turn. */
function neededGroups(groups: readonly RuleGroup[], expressions: readonly string[]): readonly RuleGroup[] {
  const needed = new Set<RuleGroup>();
  let texts = expressions;
  while (texts.length > 0) {
    const asked = new Set(texts.flatMap((text) => promqlSelectors(text).map(({ series }) => series)));
    const found = groups.filter(
      (group) => !needed.has(group) && group.rules.some((rule) => asked.has(textAt(rule, "record"))),
    );
    for (const group of found) needed.add(group);
    texts = found.flatMap(({ rules }) => rules.map((rule) => textAt(rule, "expr")));
  }
  return groups.filter((group) => needed.has(group));
}

/** An alert waits and fires somewhere, sooner or later: each has series with the labels of its rule. */
function firingAlerts(rules: readonly unknown[]): readonly SyntheticSeries[] {
  const alerts = rules.filter((rule) => fieldAt(rule, "alert") !== undefined);
  const rows = alerts.flatMap((rule) =>
    ["pending", "firing"].map((alertstate) => ({
      ...textMapAt(rule, "labels"),
      alertname: textAt(rule, "alert"),
      alertstate,
      // No alert of the evaluated rules has this label, so that the two never meet.
      example: "true",
    })),
  );
  const distinct = new Map(rows.map((labels) => [JSON.stringify(Object.entries(labels).sort()), labels]));
  return [...distinct.values()].map((labels) => ({ name: "ALERTS", labels, valueAt: () => 1 }));
}

async function untilEvaluated(url: string, groups: number, rounds: number): Promise<void> {
  await waitFor(
    "the rules to be evaluated",
    async () => {
      const text = await (await fetch(`${url}/metrics`)).text();
      const counts = [...text.matchAll(/^prometheus_rule_group_iterations_total\{.*\} (\S+)$/gm)].map(([, count]) =>
        Number(count),
      );
      return counts.length >= groups && counts.every((count) => count >= rounds);
    },
    { timeLimit: 120_000, interval: 250 },
  );
}
