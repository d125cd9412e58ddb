import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Platform } from "@plinth/core";
import { attributeList, postOtlp } from "./otlp-json.ts";
import { type SentTrace, spansOf, spansPerTrace } from "./sampling-traces.ts";
import type { Sink } from "./telemetry-sink.ts";

/** What a service sends, and writes into its log, in one of several situations. */
export interface TelemetryRound {
  /** The situation, in a few words. */
  readonly name: string;
  readonly traces: readonly SentTrace[];
  readonly lines: readonly string[];
  /** What a counter of the service stands at. */
  readonly count: number;
}

/** A pod that writes a log. */
export interface LoggingPod {
  readonly namespace: string;
  readonly team: string;
  readonly name: string;
  readonly uid: string;
  readonly container: string;
}

/** The pod whose log the rounds are written into: some pod of a team. */
export function loggingPodOf({ teams: [team] }: Platform): LoggingPod {
  if (team === undefined) throw new Error("The platform has no team.");
  return {
    namespace: team.namespace,
    team: team.name,
    name: "orders-6d5f7c9b8-x2x7k",
    uid: "0b6f1f43-7d0a-4d5b-9c1e-3f5a2b7c8d9e",
    container: "orders",
  };
}

const tracesPerRound = 150;
const linesPerRound = 400;
/** Longer than a tenth of what a pod's log takes in one piece: some requests are larger than a server of gRPC takes. */
const longLine = 12_000;

/** A round: failed traces, which are all kept, log lines of which some are long, and a counter. */
export function telemetryRound(name: string): TelemetryRound {
  return {
    name,
    traces: Array.from({ length: tracesPerRound }, (_, index) => ({
      id: createHash("sha256").update(`${name}/${index}`).digest("hex").slice(0, 32),
      services: ["checkout", "checkout"],
      milliseconds: 10,
      failed: true,
      attributes: {},
    })),
    lines: Array.from(
      { length: linesPerRound },
      (_, index) => `${name}: line ${index}${index % 2 === 0 ? ` ${"x".repeat(longLine)}` : ""}`,
    ),
    count: createHash("sha256").update(name).digest().readUInt16BE(0) + 1,
  };
}

/** Gives a round to the agent: spans and the counter over OTLP, lines through the container's log file. */
export async function sendRound(
  { address, logs }: { readonly address: string; readonly logs: string },
  pod: LoggingPod,
  { name, traces, lines, count }: TelemetryRound,
  signal: AbortSignal,
): Promise<void> {
  writeLines(logs, pod, lines);
  const start = BigInt(Date.now() - 60_000) * 1_000_000n;
  for (let part = 0; part < spansPerTrace; part++)
    await taken(postOtlp(address, "traces", spansOf(traces, part, start), signal));
  await taken(postOtlp(address, "metrics", counterOf(name, count), signal));
}

async function taken(answer: ReturnType<typeof postOtlp>): Promise<void> {
  const { status, text } = await answer;
  if (status !== 200) throw new Error(`the agent refuses telemetry: ${status} ${text}`);
}

/** Writes lines as a container runtime does: a line may come in parts. */
export function writeLines(
  logs: string,
  { namespace, name, uid, container }: LoggingPod,
  lines: readonly string[],
): void {
  const folder = join(logs, `${namespace}_${name}_${uid}`, container);
  mkdirSync(folder, { recursive: true });
  const time = new Date().toISOString().replace("Z", "000000Z");
  const written = lines.flatMap((line) =>
    line.length < longLine / 2
      ? [`${time} stdout F ${line}`]
      : [`${time} stdout P ${line.slice(0, longLine / 2)}`, `${time} stdout F ${line.slice(longLine / 2)}`],
  );
  appendFileSync(join(folder, "0.log"), written.map((line) => `${line}\n`).join(""));
}

/** The counter that each round raises: its name in Prometheus, and the label that tells rounds apart. */
export const roundCounter = { name: "judge_orders_total", label: "round" } as const;

function counterOf(round: string, count: number): unknown {
  const now = BigInt(Date.now()) * 1_000_000n;
  return {
    resourceMetrics: [
      {
        resource: { attributes: attributeList({ "service.name": "checkout" }) },
        scopeMetrics: [
          {
            metrics: [
              {
                name: "judge.orders",
                sum: {
                  isMonotonic: true,
                  aggregationTemporality: 2,
                  dataPoints: [
                    {
                      attributes: attributeList({ [roundCounter.label]: round }),
                      startTimeUnixNano: String(now - 1_000_000_000n),
                      timeUnixNano: String(now),
                      asInt: String(count),
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    ],
  };
}

/** What of a round has not come: sentences. */
export function lossesOf({ name, traces, lines, count }: TelemetryRound, sink: Sink): readonly string[] {
  const cut = traces.filter(({ id }) => sink.spans.get(id)?.size !== spansPerTrace);
  const gone = lines.filter((line) => !sink.logs.has(line));
  const counted = [...sink.series.values()].some(
    ({ name: metric, labels, value }) =>
      metric === roundCounter.name && labels.get(roundCounter.label) === name && value === count,
  );
  return [
    ...(cut.length === 0 ? [] : [`${name}: ${cut.length} of ${traces.length} failed traces do not come whole`]),
    ...(gone.length === 0 ? [] : [`${name}: ${gone.length} of ${lines.length} log lines do not come`]),
    ...(counted ? [] : [`${name}: the counter does not come to ${count}`]),
  ];
}
