import { createHash } from "node:crypto";
import { type Environment, type Platform, parseDuration, type Service, servicesIn, tiers } from "@plinth/core";
import { slowFrom } from "@plinth/otel";
import { attributeList } from "./otlp-json.ts";

/** A trace of three spans: one service answers, and asks another, which answers. */
export interface SentTrace {
  readonly id: string;
  /** The one that asks, and the one that is asked. */
  readonly services: readonly [string, string];
  readonly milliseconds: number;
  readonly failed: boolean;
  /** Attributes of the span in the middle. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Traces of which the same is expected. */
export interface TraceGroup {
  readonly name: string;
  /** Of how many the environment keeps: percent. */
  readonly percent: number;
  readonly traces: readonly SentTrace[];
}

export const spansPerTrace = 3;

const ordinaryTraces = 1500;
const importantTraces = 100;

/**
 * What an environment is sent: for one service of each tier, for one that the model does not know and for traces through two tiers ordinary traces, failed
 * ones and slow ones. The ids are the same in every run, and so is which of them are kept.
 */
export function traceGroups(platform: Platform, environment: Environment): readonly TraceGroup[] {
  const { sampling, slowerThan, keep } = environment.telemetry;
  const slowForAll = parseDuration(slowerThan) ?? Number.NaN;
  const slowOf = (service: Service): number => parseDuration(slowFrom(service, environment)) ?? Number.NaN;
  const known = tiers.flatMap((tier) => {
    const service = servicesIn(platform, environment).find((each) => each.tier === tier);
    if (service === undefined) return [];
    const slow = slowOf(service);
    return [{ name: tier, services: [service.name, service.name], percent: sampling[tier], slow, fast: slow }];
  });
  const smallest = Math.min(...tiers.map((tier) => sampling[tier]));
  const [most] = known.toSorted((a, b) => b.percent - a.percent);
  const [least] = known.toSorted((a, b) => a.percent - b.percent);
  const mixed = most === undefined || least === undefined ? [] : [{ low: least, high: most }];
  const kinds = [
    ...known,
    {
      name: "unknown service",
      services: ["not-in-the-model", "not-in-the-model"],
      percent: smallest,
      slow: slowForAll,
      fast: slowForAll,
    },
    ...mixed.map(({ low, high }) => ({
      name: `${low.name} calls ${high.name}`,
      services: [low.services[0], high.services[0]],
      percent: high.percent,
      slow: low.slow,
      // The one that is asked may promise less than the one that asks.
      fast: Math.min(low.slow, high.slow),
    })),
  ];
  return kinds.flatMap(({ name, services: [first = "", second = ""], percent, slow, fast }): readonly TraceGroup[] => {
    const group = (
      kind: string,
      count: number,
      kept: number,
      failed: boolean,
      from: number,
      to: number,
      attributes: Readonly<Record<string, string>> = {},
    ): TraceGroup => ({
      name: `${name}, ${kind}`,
      percent: kept,
      traces: Array.from({ length: count }, (_, index) => {
        const digest = createHash("sha256").update(`${name}/${kind}/${index}`).digest();
        // The first lasts as long as the longest may, the second as short: a limit that is off by one shows.
        const share = index === 0 ? 1 : index === 1 ? 0 : digest.readUInt32BE(16) / 2 ** 32;
        return {
          id: digest.toString("hex", 0, 16),
          services: [first, second],
          milliseconds: Math.round(from + (to - from) * share),
          failed,
          attributes,
        };
      }),
    });
    return [
      group("ordinary", ordinaryTraces, percent, false, 5, fast - 1),
      group("just not slow", importantTraces, percent, false, fast - 1, fast - 1),
      group("failed", importantTraces, 100, true, 5, fast - 1),
      group("slow", importantTraces, 100, false, slow, 3 * slow),
      ...keep.flatMap(({ attribute, values }) =>
        values.map((value) =>
          group(`${attribute} is ${value}`, importantTraces, 100, false, 5, fast - 1, { [attribute]: value }),
        ),
      ),
    ];
  });
}

/**
 * The spans of traces as OTLP over HTTP takes them; the sender calls its environment something else.
 *
 * @param part Which of the three: a trace never comes whole.
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function spansOf(traces: readonly SentTrace[], part: number, start: bigint): unknown {
  const byService = Map.groupBy(traces, ({ services: [first, second] }) => (part < 2 ? first : second));
  return {
    resourceSpans: [...byService].map(([service, list]) => ({
      resource: {
        attributes: attributeList({
          "service.name": service,
          "service.namespace": "judge",
          "deployment.environment.name": "what the sender says",
        }),
      },
      scopeSpans: [
        {
          spans: list.map(({ id, milliseconds, failed, attributes }) => ({
            traceId: id,
            spanId: spanId(id, part),
            // Each is asked by the one before it.
            ...(part === 0 ? {} : { parentSpanId: spanId(id, part - 1) }),
            name: part === 0 ? "GET /" : `step ${part}`,
            kind: kinds[part] ?? internal,
            ...(part === 1 ? { attributes: attributeList(attributes) } : {}),
            startTimeUnixNano: String(start),
            endTimeUnixNano: String(start + BigInt(Math.max(1, Math.floor(milliseconds / (part + 1)))) * 1_000_000n),
            // The last to be called fails: the first may have hidden it.
            status: failed && part >= 2 ? { code: 2 } : {},
          })),
        },
      ],
    })),
  };
}

/** Kinds of spans by part: a server, which asks as a client, another server. What comes late stays inside. */
const internal = 1;
const kinds: readonly number[] = [2, 3, 2];

function spanId(trace: string, part: number): string {
  return createHash("sha256").update(`${trace}/${part}`).digest("hex").slice(0, 16);
}
