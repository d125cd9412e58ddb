import { type AlertMeaning, meaningOf, type ServiceLevelObjective } from "@plinth/slo";
import type { Traffic, TrafficOptions } from "./slo-burn-traffic.ts";

/** What happens to a service, and which alerts of one objective then fire. */
export interface BurnSituation extends TrafficOptions {
  readonly name: string;
  /** Minutes between two samples, and between two evaluations. */
  readonly step: number;
  /** For each step what happens; `undefined`: no sample. An empty list: no series. */
  readonly traffic: readonly (Traffic | undefined)[];
  /** With the rules that are not about burning, too. */
  readonly additions?: true;
  readonly checks: readonly BurnCheck[];
}

/** Which alerts fire at a minute; what is left out is not asked about. */
export interface BurnCheck {
  readonly minute: number;
  readonly page?: boolean;
  readonly ticket?: boolean;
  readonly absent?: boolean;
}

/**
 * How an objective's bad events come: a share of all at any time, told apart by environment or not, because its series are those of the cluster; or minutes
 * that are wholly good or bad.
 */
export type BurnShape = "events" | "events-of-cluster" | "time";

const hour = 60;
const day = 24 * hour;
const perMinute = 100_000;

/** The situations of an objective: what the mathematics of its windows says that must happen, around each threshold. */
export function burnSituations(objective: ServiceLevelObjective, shape: BurnShape): readonly BurnSituation[] {
  return shape !== "time"
    ? [
        ...steadySituations(objective),
        ...onsets(objective),
        ...resetSituations(objective),
        ...lowTraffic(objective),
        ...silences(objective),
        ...(shape === "events"
          ? [quiet("an outage of another environment", steps(12, mixed(1)), { elsewhere: true })]
          : []),
      ]
    : timeOutages(objective);
}

function alertOf(objective: ServiceLevelObjective, severity: "page" | "ticket"): AlertMeaning | undefined {
  return meaningOf(objective).alerts.find((alert) => alert.severity === severity);
}

function mixed(share: number): Traffic {
  const bad = Math.round(perMinute * share);
  return { good: perMinute - bad, bad };
}

function steps(count: number, traffic: Traffic | undefined): readonly (Traffic | undefined)[] {
  return Array.from({ length: Math.round(count) }, () => traffic);
}

/** What fires when from the first sample on this share is bad: however long a window looks back, it sees that share. */
function firesAt(objective: ServiceLevelObjective, share: number): Pick<BurnCheck, "page" | "ticket"> {
  const fires = (severity: "page" | "ticket"): boolean => {
    const alert = alertOf(objective, severity);
    return alert !== undefined && alert.smallestErrorRate < 1 && share > alert.smallestErrorRate;
  };
  return { page: fires("page"), ticket: fires("ticket") };
}

function steadySituations(objective: ServiceLevelObjective): readonly BurnSituation[] {
  const limits = (["page", "ticket"] as const).flatMap((severity) => {
    const limit = alertOf(objective, severity)?.smallestErrorRate;
    return limit === undefined
      ? []
      : [
          { name: `a little less than what fires the ${severity}`, share: 0.97 * limit },
          { name: `a little more than what fires the ${severity}`, share: 1.03 * limit },
        ];
  });
  return [{ name: "nothing goes wrong", share: 0 }, ...limits, { name: "all goes wrong", share: 1 }]
    .filter(({ share }) => share <= 1)
    .map(({ name, share }) => ({
      name,
      step: 1,
      traffic: steps(12, mixed(share)),
      checks: [10, 12].map((minute) => ({ minute, ...firesAt(objective, share) })),
    }));
}

/** How an onset is tried: the share of bad events, the good time before it, and how far apart samples and evaluations are, in minutes. */
interface Onset {
  readonly share: number;
  readonly before: number;
  readonly step: number;
  /** Whether the good time is as long as every window that could fire sooner. */
  readonly sharp: boolean;
}

/** A share of bad events that begins after a good time: the alert fires not before the soonest, and not after the latest. */
function onsets(objective: ServiceLevelObjective): readonly BurnSituation[] {
  return (["page", "ticket"] as const).flatMap((severity) => {
    const alert = alertOf(objective, severity);
    if (alert === undefined || alert.mostLost === 0) return [];
    const [quick = 1, slow = 1] = alert.conditions.map(({ threshold }) => threshold);
    // The page: after two good hours the slow condition needs longer than the quick one; the slow one alone looks back six hours. The ticket looks back three days.
    const tried: readonly Onset[] =
      severity === "page"
        ? [
            { share: 1, before: hour, step: 1, sharp: false },
            { share: 1.5 * quick, before: 2 * hour, step: 1, sharp: true },
            { share: 1.5 * slow, before: 6 * hour, step: 5, sharp: true },
          ]
        : [
            { share: 1, before: 3 * day, step: 30, sharp: true },
            { share: 1.5 * slow, before: 3 * day, step: 30, sharp: true },
          ];
    return tried.filter(({ share }) => share <= 1).map((each) => onset(objective, severity, each));
  });
}

function onset(
  objective: ServiceLevelObjective,
  severity: "page" | "ticket",
  { share, before, step, sharp }: Onset,
): BurnSituation {
  const interval = `${step}m`;
  const meaning = meaningOf(objective, { scrapeInterval: interval, evaluationInterval: interval, errorRates: [share] });
  const after = meaning.alerts.find((alert) => alert.severity === severity)?.fires[0]?.after;
  if (after === undefined) throw new Error(`${objective.service} ${objective.name}: nothing fires at ${share}.`);
  const latest = Math.ceil(after.latest / 60 / step) * step;
  // A window of n samples holds n - 1 steps of a counter, so it is full a little sooner; an hour is the shortest that decides.
  const sampled = (after.soonest / 60) * (1 - step / (severity === "page" ? (step === 1 ? hour : 6 * hour) : day)) - 1;
  const soonest = Math.floor(sampled / step) * step;
  const recovers = severity === "page" && share === 1 ? 35 : 0;
  return {
    name: `${formatShare(share)} go wrong from one moment on: the ${severity} fires ${sharp ? `after minute ${Math.max(0, soonest)} and ` : ""}by minute ${latest}`,
    step,
    traffic: [
      ...steps(before / step, mixed(0)),
      ...steps(latest / step, mixed(share)),
      ...steps(recovers / step, mixed(0)),
    ],
    checks: [
      { minute: before, page: false, ticket: false },
      ...(sharp && soonest > 0 ? [{ minute: before + soonest, [severity]: false }] : []),
      { minute: before + latest, [severity]: true },
      // The short windows of the page, 5 and 30 minutes, are clean.
      ...(recovers === 0 ? [] : [{ minute: before + latest + recovers, page: false }]),
    ],
  };
}

function formatShare(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

/** Counters that begin at 0 again say nothing of errors. */
function resetSituations(objective: ServiceLevelObjective): readonly BurnSituation[] {
  const limit = (alertOf(objective, "page") ?? alertOf(objective, "ticket"))?.smallestErrorRate;
  if (limit === undefined) return [];
  const resets = [8, 16, 17];
  return [0, 0.95 * limit, 1.05 * limit]
    .filter((share) => share <= 1)
    .map((share) => ({
      name: `pods restart three times while ${formatShare(share)} go wrong`,
      step: 1,
      resets,
      traffic: steps(24, mixed(share)),
      checks: [{ minute: 24, ...firesAt(objective, share) }],
    }));
}

/** With a guard, a few bad events of a few say nothing. */
function lowTraffic(objective: ServiceLevelObjective): readonly BurnSituation[] {
  const least = objective.extras?.minimumEvents;
  if (least === undefined) return [];
  const few = steps(60, { good: 0, bad: 0 }).map((step, minute) =>
    minute % 10 === 0 ? { good: 0, bad: Math.max(1, Math.floor(least / 12)) } : step,
  );
  return [quiet("a few events, all of them bad", few), ...manyOf(objective, least)];
}

function manyOf(objective: ServiceLevelObjective, least: number): readonly BurnSituation[] {
  const traffic = steps(24, { good: 0, bad: least });
  return [
    {
      name: "enough events to say that all are bad",
      step: 1,
      traffic,
      checks: [{ minute: 24, ...firesAt(objective, 1) }],
    },
  ];
}

/** Without traffic nothing burns; without series, that is what is said; and a service that comes back is well. */
function silences(objective: ServiceLevelObjective): readonly BurnSituation[] {
  const told = objective.extras?.absent !== undefined;
  return [
    {
      name: "no series at all",
      step: 5,
      additions: true,
      traffic: [],
      checks: [
        { minute: 0, page: false, ticket: false, absent: false },
        { minute: 4 * hour, page: false, ticket: false, absent: told },
      ],
    },
    { ...quiet("traffic that has ceased", steps(24, { good: 0, bad: 0 }), {}, false), additions: true },
    {
      name: "a service that goes away for a while and comes back",
      step: 1,
      additions: true,
      resets: [50],
      traffic: [...steps(20, mixed(0)), ...steps(30, undefined), ...steps(20, mixed(0))],
      checks: [
        { minute: 40, page: false, ticket: false },
        { minute: 52, page: false, ticket: false },
        { minute: 70, page: false, ticket: false, absent: false },
      ],
    },
  ];
}

function quiet(
  name: string,
  traffic: BurnSituation["traffic"],
  options: TrafficOptions = {},
  absent?: boolean,
): BurnSituation {
  return {
    name,
    step: 1,
    traffic,
    ...options,
    checks: [10, traffic.length].map((minute) => ({
      minute,
      page: false,
      ticket: false,
      ...(absent === undefined ? {} : { absent }),
    })),
  };
}

// What promises of time look at before a minute counts as bad: at most an hour here.
const longestSlice = hour;

/** A minute is good or bad as a whole: all is well, then nothing is, then all is well again. */
function timeOutages(objective: ServiceLevelObjective): readonly BurnSituation[] {
  const step = 5;
  const begins = day;
  const interval = `${step}m`;
  const meaning = meaningOf(objective, { scrapeInterval: interval, evaluationInterval: interval, errorRates: [1] });
  const latest = Math.max(0, ...meaning.alerts.map(({ fires }) => (fires[0]?.after?.latest ?? 0) / 60));
  const lasts = Math.ceil((latest + longestSlice) / step) * step + 2 * step;
  const fires = (severity: "page" | "ticket"): boolean => meaning.alerts.some((alert) => alert.severity === severity);
  return [
    {
      name: "a good day, and then nothing is good any more",
      step,
      traffic: [...steps(begins / step, { good: 1000, bad: 0 }), ...steps(lasts / step, outageOf(objective))],
      checks: [
        { minute: begins, page: false, ticket: false },
        { minute: begins + lasts, page: fires("page"), ticket: fires("ticket") },
      ],
    },
  ];
}

/** Nothing is done; or, for what is used, everything is. */
function outageOf({ name }: ServiceLevelObjective): Traffic {
  return name === "saturation" ? { good: 0, bad: 1 } : { good: 0, bad: 0 };
}
