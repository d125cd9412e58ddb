import type { RuleGroup } from "@plinth/metrics";
import { type PromtoolSeries, printSamples, type SeriesSample } from "@plinth/metrics/evaluation";
import fc from "fast-check";

/** How many samples each series has. */
const LENGTH = 100;

/** What a series is now and then: not there, or ended. */
function withHoles(
  values: readonly number[],
  holes: readonly { at: number; lasts: number; stale: boolean }[],
): readonly SeriesSample[] {
  const samples: SeriesSample[] = [...values];
  for (const { at, lasts, stale } of holes) {
    for (let index = at; index < Math.min(at + lasts, samples.length); index++) samples[index] = undefined;
    if (stale && at < samples.length) samples[at] = "stale";
  }
  return samples;
}

const holes = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: LENGTH - 1 }),
    lasts: fc.integer({ min: 1, max: 30 }),
    stale: fc.boolean(),
  }),
  { maxLength: 2 },
);
const counter = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 90 }), { minLength: LENGTH, maxLength: LENGTH }),
    fc.array(fc.nat(LENGTH - 1), { maxLength: 2 }),
    holes,
  )
  .map(([growth, resets, gaps]) => {
    let value = 0;
    return withHoles(
      growth.map((by, index) => {
        value = resets.includes(index) ? by : value + by;
        return value;
      }),
      gaps,
    );
  });
const gauge = (value: fc.Arbitrary<number>): fc.Arbitrary<readonly SeriesSample[]> =>
  fc
    .tuple(fc.array(value, { minLength: LENGTH, maxLength: LENGTH }), holes)
    .map(([values, gaps]) => withHoles(values, gaps));
const temperature = fc.oneof(
  { weight: 40, arbitrary: fc.integer({ min: -900, max: 900 }).map((tenths) => tenths / 10) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
);

const names = (metric: string, labels: Readonly<Record<string, readonly string[]>>): readonly string[] =>
  Object.entries(labels)
    .reduce<readonly string[]>(
      (made, [label, values]) =>
        made.flatMap((one) => values.map((value) => `${one}${one === "" ? "" : ","}${label}="${value}"`)),
      [""],
    )
    .map((text) => `${metric}{${text}}`);

/** Counters with resets, gauges, classic histograms, with holes and ends. */
export const evaluationSeries: fc.Arbitrary<PromtoolSeries> = fc
  .tuple(
    ...[
      ...names("requests_total", { job: ["a", "b"], instance: ["i1", "i2"], code: ["200", "500"] }),
      ...names("latency_seconds_count", { job: ["a", "b"], instance: ["i1"] }),
      ...names("latency_seconds_bucket", { job: ["a", "b"], le: ["0.1"] }),
    ].map((name) => counter.map((samples): readonly [string, readonly SeriesSample[]] => [name, samples])),
    ...names("temperature", { job: ["a", "b"], instance: ["i1", "i2"] }).map((name) =>
      gauge(temperature).map((samples): readonly [string, readonly SeriesSample[]] => [name, samples]),
    ),
    ...names("up", { job: ["a", "b"], instance: ["i1", "i2", "i3"] }).map((name) =>
      gauge(fc.integer({ min: 0, max: 1 })).map((samples): readonly [string, readonly SeriesSample[]] => [
        name,
        samples,
      ]),
    ),
    ...names("weight", { job: ["a", "b"], instance: ["i1", "i2"] }).map((name, index) =>
      gauge(fc.integer({ min: 0, max: 500 }).map((value) => value + index / 8)).map(
        (samples): readonly [string, readonly SeriesSample[]] => [name, samples],
      ),
    ),
  )
  .chain((single) =>
    fc.tuple(counter, counter, counter).map((rest) => {
      const bounds = ["0.25", "1", "+Inf"];
      const wider = ["a", "b"].flatMap((job) =>
        bounds.map((le, index): readonly [string, readonly SeriesSample[]] => {
          const base = new Map(single).get(`latency_seconds_bucket{job="${job}",le="0.1"}`) ?? [];
          return [
            `latency_seconds_bucket{job="${job}",le="${le}"}`,
            base.map((value, at) => added(value, rest.slice(0, index + 1), at)),
          ];
        }),
      );
      return Object.fromEntries([...single, ...wider].map(([name, samples]) => [name, printSamples(samples)]));
    }),
  );

/** A bucket holds what the narrower ones hold. */
function added(value: SeriesSample, others: readonly (readonly SeriesSample[])[], at: number): SeriesSample {
  if (typeof value !== "number") return value;
  return others.reduce((sum, samples) => {
    const more = samples[at];
    return typeof more === "number" ? sum + more : sum;
  }, value);
}

const rule = { labels: {}, annotations: {} };

/** Rules of every sort, none of which can fail: some read what others record, and alerts. */
export const evaluationRules: readonly RuleGroup[] = [
  {
    name: "recordings",
    rules: [
      { record: "job:requests:rate5m", expr: "sum by (job) (rate(requests_total[5m]))", labels: { kind: "requests" } },
      {
        record: "job:errors:ratio",
        expr: 'sum by (job) (rate(requests_total{code="500"}[5m])) / (job:requests:rate5m{kind="requests"} > 0)',
        labels: {},
      },
      { record: "up:share", expr: "avg(up)", labels: {} },
      { record: "one", expr: "1", labels: {} },
    ],
  },
  {
    name: "alerts",
    rules: [
      { alert: "Down", expr: "up == 0", ...rule },
      { alert: "DownLong", expr: "up == 0", for: "2m", ...rule },
      { alert: "DownKept", expr: "up == 0", for: "1m", keep_firing_for: "3m", ...rule },
      {
        alert: "Hot",
        expr: "temperature > 50",
        for: "1m30s",
        labels: { severity: "page", at: "{{ $labels.job }}" },
        annotations: {},
      },
      { alert: "Errors", expr: "job:errors:ratio > 0.5", keep_firing_for: "5m", ...rule },
      { alert: "Many", expr: 'count by (instance) (ALERTS{alertname="Down",alertstate="firing"}) > 1', ...rule },
    ],
  },
];

/** What shows what the rules have made. */
export const recordedQueries: readonly string[] = [
  "job:requests:rate5m",
  "job:errors:ratio",
  "up:share",
  "one",
  "ALERTS",
  "ALERTS_FOR_STATE",
  "count_over_time(job:errors:ratio[1h])",
  "count_over_time(ALERTS[1h])",
  "sum_over_time(job:requests:rate5m[1h])",
  "changes(up:share[1h])",
];
