import { join } from "node:path";
import type { Environment, Finding } from "@plinth/core";
import { waitFor } from "../cluster/wait-for.ts";
import { collectorLayers } from "./environment-collectors.ts";
import { environmentProblems } from "./environment-problems.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { postOtlp } from "./otlp-json.ts";
import { type RunningGateway, type SamplerCounts, startGateway } from "./sampling-collectors.ts";
import { samplingProblems, serviceGraphProblems, spanMetricProblems } from "./sampling-findings.ts";
import { type SentTrace, spansOf, spansPerTrace, traceGroups } from "./sampling-traces.ts";
import { type Sink, startSink } from "./telemetry-sink.ts";

/**
 * The rendered gateways of production run, and are sent traces: every failed and every slow one is kept whole, of the others the environment's share by tier,
 * and every span is counted in the series that rules and dashboards read. A late error of a trace that was dropped is kept as well.
 */
export const sampling: Judge = {
  name: "sampling",
  purpose: "the gateways keep the traces that matter, and count all",
  tools: ["otelcol"],
  judge: async (context) => {
    const findings: Finding[] = [];
    const read: string[] = [];
    for (const environment of context.platform.environments.filter(({ production }) => production)) {
      const judged = await judgeEnvironment(environment, context);
      read.push(`${judged.traces} traces of ${environment.name}`);
      findings.push(
        ...environmentProblems(environment, judged.problems, "what the environment's telemetry says", judged.file),
      );
    }
    return { read: read.join(", "), findings };
  },
};

interface Judged {
  readonly traces: number;
  readonly problems: readonly string[];
  readonly file?: string;
}

async function judgeEnvironment(environment: Environment, context: JudgeContext): Promise<Judged> {
  const { tree, platform, workFolder, signal } = context;
  const layers = collectorLayers(tree, environment);
  if (typeof layers === "string") return { traces: 0, problems: [layers] };
  const { gateway, sampler } = layers;
  const sink = await startSink();
  let running: RunningGateway | undefined;
  try {
    const configs = { gateway: gateway.config, sampler: sampler.config };
    running = await startGateway(configs, sink.address, join(workFolder, environment.name));
    const groups = traceGroups(platform, environment);
    const traces = groups.flatMap((group) => group.traces);
    await send(running, traces, [2, 0, 1], signal);
    const { counts, problems } = await settled(running, sink, traces.length, signal);
    problems.push(...samplingProblems(groups, sink.spans));
    const series = [...sink.series.values()];
    problems.push(...spanMetricProblems(platform, environment, series, counts.acceptedSpans));
    const failed = traces.filter((trace) => trace.failed).length;
    problems.push(...serviceGraphProblems(environment, series, { sent: traces.length, failed }));
    if (problems.length === 0) problems.push(...(await lateProblems(running, sink, traces, signal)));
    return { traces: traces.length, problems: [...problems, ...sink.problems], file: sampler.file };
  } finally {
    await running?.stop();
    await sink.close();
  }
}

const tracesPerRequest = 100;

/** The parts of a trace in requests of their own, a moment apart. */
async function send(
  { address }: RunningGateway,
  traces: readonly SentTrace[],
  parts: readonly number[],
  signal: AbortSignal,
): Promise<void> {
  const start = BigInt(Date.now() - 60_000) * 1_000_000n;
  for (let from = 0; from < traces.length; from += tracesPerRequest)
    for (const part of parts) {
      const { status, text } = await postOtlp(
        address,
        "traces",
        spansOf(traces.slice(from, from + tracesPerRequest), part, start),
        signal,
      );
      if (status !== 200) throw new Error(`the gateway refuses spans: ${status} ${text}`);
    }
}

interface Settled {
  readonly counts: SamplerCounts;
  readonly problems: string[];
}

/** Waits until every trace is judged, what is kept has come, and no series grows any more. */
async function settled({ counts }: RunningGateway, sink: Sink, sent: number, signal: AbortSignal): Promise<Settled> {
  let before = "";
  let last: SamplerCounts = { keptTraces: 0, droppedTraces: 0, acceptedSpans: 0 };
  const isStill = async (): Promise<boolean> => {
    signal.throwIfAborted();
    last = await counts();
    const now = JSON.stringify([last, sink.spans.size, [...sink.series.values()].map(({ value }) => value)]);
    const still = now === before && last.keptTraces + last.droppedTraces >= sent;
    before = now;
    return still;
  };
  const problems: string[] = [];
  // Two looks further apart than the samplers send their series.
  await waitFor("every trace to be judged", isStill, { timeLimit: 60_000, interval: 1_500 }).catch((error: unknown) => {
    signal.throwIfAborted();
    problems.push(error instanceof Error ? error.message : String(error));
  });
  const judged = last.keptTraces + last.droppedTraces;
  if (judged !== sent) problems.push(`the samplers judged ${judged} traces, and ${sent} were sent`);
  if (last.acceptedSpans < sent * spansPerTrace)
    problems.push(`the samplers got ${last.acceptedSpans} spans, and ${sent * spansPerTrace} were sent`);
  return { counts: last, problems };
}

const lateTraces = 50;
const latePart = 3;

/** A trace that was dropped fails after all, and one that was kept goes on: both must come. */
async function lateProblems(
  running: RunningGateway,
  sink: Sink,
  traces: readonly SentTrace[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const dropped = traces.filter(({ id }) => !sink.spans.has(id)).slice(0, lateTraces);
  const kept = traces.filter(({ id, failed }) => !failed && sink.spans.has(id)).slice(0, lateTraces);
  await send(running, [...dropped.map((trace) => ({ ...trace, failed: true })), ...kept], [latePart], signal);
  const missing = (): readonly string[] => {
    const lost = dropped.filter(({ id }) => !sink.spans.has(id)).length;
    const cut = kept.filter(({ id }) => sink.spans.get(id)?.size !== spansPerTrace + 1).length;
    return [
      ...(lost === 0 ? [] : [`late errors: ${lost} of ${dropped.length} dropped traces do not come back`]),
      ...(cut === 0 ? [] : [`late spans: ${cut} of ${kept.length} kept traces are cut`]),
    ];
  };
  await waitFor("late spans", async () => missing().length === 0, { timeLimit: 20_000, interval: 250 }).catch(() =>
    signal.throwIfAborted(),
  );
  return missing();
}
