import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Environment, fieldAt, parseQuantity } from "@plinth/core";
import { waitFor } from "../cluster/wait-for.ts";
import { type CollectorPorts, replaced, samplerOnLoopback } from "./collectors-on-loopback.ts";
import { type CollectorLayers, type RenderedCollector, variablesOn } from "./environment-collectors.ts";
import type { JudgeContext } from "./judge.ts";
import { attributeList, postOtlp } from "./otlp-json.ts";
import { onFreePorts, type RunningCollector, startCollector } from "./running-collector.ts";
import { sumIn } from "./self-telemetry.ts";
import { startSink } from "./telemetry-sink.ts";

/** The sampler gets this part of its memory here: everything that follows the container's limit shrinks with it. */
const scale = 4;
/** One request: traces that take a good megabyte of memory. */
const tracesPerRequest = 50;
const bytesPerTrace = 20_000;
/** Refusals that show that it was the limiter, and not a hiccup. */
const enoughRefusals = 15;
const timeLimit = 120_000;

/**
 * A sampler is given more than its memory holds: it refuses with an answer that asks to try again, stays below its container's limit, loses nothing that it took, and
 * takes everything again as soon as it has decided what it gathered.
 */
export async function overloadProblems(
  environment: Environment,
  { sampler }: CollectorLayers,
  { workFolder, signal }: JudgeContext,
): Promise<{ readonly read: string; readonly problems: readonly string[] }> {
  const limit = containerLimit(sampler) / scale;
  const sink = await startSink();
  let running: RunningCollector | undefined;
  try {
    running = await startSmall(sampler, sink.address, limit, join(workFolder, `${environment.name}-overload`));
    const { ports } = running;
    const address = `http://127.0.0.1:${ports.http}`;
    const accepted: string[] = [];
    const strange = new Set<number>();
    let refusals = 0;
    let sent = 0;
    let highest = 0;
    // The program itself, which does not shrink with its container.
    const atStart = sumIn(await running.scrape(), "otelcol_process_memory_rss");
    const post = async (): Promise<boolean> => {
      const ids = Array.from({ length: tracesPerRequest }, () => (++sent).toString(16).padStart(32, "0"));
      const { status } = await postOtlp(address, "traces", largeTraces(ids), signal);
      if (status === 200) accepted.push(...ids);
      else if (status === 503 || status === 429) refusals++;
      else strange.add(status);
      return status === 200;
    };
    const measure = async (collector: RunningCollector): Promise<void> => {
      highest = Math.max(highest, sumIn(await collector.scrape(), "otelcol_process_memory_rss") - atStart);
    };
    const start = performance.now();
    // The back end is away as well: what is decided cannot leave.
    sink.answers("traces", "is away");
    while (refusals < enoughRefusals && highest < limit && performance.now() - start < timeLimit) {
      signal.throwIfAborted();
      await post();
      await measure(running);
    }
    const refusedSpans = sumIn(await running.scrape(), "otelcol_processor_memory_limiter_refused_spans");
    sink.answers("traces", "takes");
    const collector = running;
    const takesAgain = await waitFor(
      "the sampler to take spans again",
      async () => {
        signal.throwIfAborted();
        await measure(collector);
        await sleep(250);
        return post();
      },
      { timeLimit },
    ).catch(() => signal.throwIfAborted());
    const missing = (): number => accepted.filter((id) => !sink.spans.has(id)).length;
    await waitFor("what was taken to arrive", async () => signal.aborted || missing() === 0, { timeLimit }).catch(
      () => undefined,
    );
    signal.throwIfAborted();
    const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
    return {
      read: `${sent} large traces at ${mebibytes(limit)} of memory, ${mebibytes(highest)} used`,
      problems: [
        ...(refusals >= enoughRefusals ? [] : [`the overloaded sampler refuses nothing, after ${sent} large traces`]),
        ...(refusedSpans > 0 ? [] : ["the memory limiter counts no refused span"]),
        ...(strange.size === 0 ? [] : [`the overloaded sampler answers ${[...strange].join(", ")} instead of 503`]),
        ...(highest < limit
          ? []
          : [`the overloaded sampler uses ${mebibytes(highest)}, its container has ${mebibytes(limit)}`]),
        ...(takesAgain === true ? [] : ["the sampler takes nothing any more after it was overloaded"]),
        ...(missing() === 0
          ? []
          : [`${missing()} of ${accepted.length} traces that the overloaded sampler took are lost`]),
        ...sink.problems,
      ],
    };
  } finally {
    await running?.kill();
    await sink.close();
  }
}

function containerLimit({ resource, file }: RenderedCollector): number {
  const text = fieldAt(resource, "spec", "resources", "limits", "memory");
  const quantity = typeof text === "string" ? parseQuantity(text) : undefined;
  if (quantity === undefined) throw new Error(`the container of ${file} has no memory limit`);
  return Number(quantity.nanos / 1_000_000_000n);
}

/** The sampler in less memory. There is no container here: what the limiter reads of it as percentages is given in MiB. It takes OTLP over HTTP, too. */
function startSmall(
  sampler: RenderedCollector,
  sink: string,
  limit: number,
  workFolder: string,
): Promise<RunningCollector> {
  const percent = (option: string): number => {
    const value = sampler.config.processors?.["memory_limiter"]?.[option];
    if (typeof value !== "number") throw new Error(`the memory limiter has no ${option}`);
    return Math.floor((limit / 1024 ** 2) * (value / 100));
  };
  const config = (ports: CollectorPorts): unknown =>
    replaced(samplerOnLoopback(sampler.config, ports, sink), [
      {
        at: ["processors", "memory_limiter"],
        by: {
          check_interval: sampler.config.processors?.["memory_limiter"]?.["check_interval"],
          limit_mib: percent("limit_percentage"),
          spike_limit_mib: percent("spike_limit_percentage"),
        },
      },
      {
        at: ["receivers", "otlp", "protocols"],
        with: { http: { endpoint: `127.0.0.1:${ports.http}` } },
      },
    ]);
  const rendered = variablesOn(sampler);
  const [, goLimit] = /^(\d+)MiB$/.exec(rendered["GOMEMLIMIT"] ?? "") ?? [];
  if (goLimit === undefined) throw new Error(`${sampler.file} sets no GOMEMLIMIT in MiB`);
  return onFreePorts(1, ([ports], attempt) => {
    if (ports === undefined) throw new Error("There are no free ports on 127.0.0.1.");
    return startCollector({
      config: config(ports),
      ports,
      folder: join(workFolder, String(attempt)),
      environment: { ...rendered, GOMEMLIMIT: `${Math.floor(Number(goLimit) / scale)}MiB` },
    });
  });
}

/** Failed traces of one span, so that each is kept, of which each takes much memory. */
function largeTraces(ids: readonly string[]): unknown {
  const now = BigInt(Date.now()) * 1_000_000n;
  return {
    resourceSpans: [
      {
        resource: { attributes: attributeList({ "service.name": "checkout" }) },
        scopeSpans: [
          {
            spans: ids.map((traceId) => ({
              traceId,
              spanId: traceId.slice(-16),
              name: "POST /orders",
              kind: 2,
              startTimeUnixNano: String(now),
              endTimeUnixNano: String(now + 1_000_000n),
              attributes: attributeList({ payload: traceId.repeat(bytesPerTrace / traceId.length) }),
              status: { code: 2 },
            })),
          },
        ],
      },
    ],
  };
}
