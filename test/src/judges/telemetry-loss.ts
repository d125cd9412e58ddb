import { join } from "node:path";
import type { Environment, Finding } from "@plinth/core";
import { waitFor } from "../cluster/wait-for.ts";
import { type CollectorLayers, collectorLayers } from "./environment-collectors.ts";
import { environmentProblems } from "./environment-problems.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { sumIn } from "./self-telemetry.ts";
import { nodeName, startChain, type TelemetryChain } from "./telemetry-chain.ts";
import { overloadProblems } from "./telemetry-overload.ts";
import {
  type LoggingPod,
  loggingPodOf,
  lossesOf,
  sendRound,
  type TelemetryRound,
  telemetryRound,
  writeLines,
} from "./telemetry-round.ts";
import { type BackEnd, type Sink, startSink } from "./telemetry-sink.ts";

/**
 * The rendered collectors of production run, from the agent to the samplers, while back ends go away and come back and while collectors are killed: every failed
 * trace, every line of a container's log and every count arrives. A sampler that is given more than its memory holds refuses, and goes on living.
 */
export const telemetryLoss: Judge = {
  name: "telemetry-loss",
  purpose: "nothing is lost while back ends are away, collectors are killed or overloaded",
  tools: ["otelcol"],
  judge: async (context) => {
    const findings: Finding[] = [];
    const read: string[] = [];
    for (const environment of context.platform.environments.filter(({ production }) => production)) {
      const layers = collectorLayers(context.tree, environment);
      const told = (file: string | undefined, problems: readonly string[]): void => {
        findings.push(
          ...environmentProblems(environment, problems, "telemetry that arrives, late or twice if need be", file),
        );
      };
      if (typeof layers === "string") {
        told(undefined, [layers]);
        continue;
      }
      const rounds = await outageProblems(environment, layers, context);
      told(layers.agent.file, rounds.problems);
      const overload = await overloadProblems(environment, layers, context);
      told(layers.sampler.file, overload.problems);
      read.push(`${environment.name}: ${rounds.read}, ${overload.read}`);
    }
    return { read: read.join("; "), findings };
  },
};

const backEnds: readonly BackEnd[] = ["traces", "metrics", "logs"];
/** Of a machine that does much else at the same time. */
const timeLimit = 90_000;

async function outageProblems(
  environment: Environment,
  layers: CollectorLayers,
  { platform, workFolder, signal }: JudgeContext,
): Promise<{ readonly read: string; readonly problems: readonly string[] }> {
  const pod = loggingPodOf(platform);
  const sink = await startSink();
  let chain: TelemetryChain | undefined;
  try {
    chain = await startChain(layers, sink.address, join(workFolder, `${environment.name}-outage`));
    const rounds: TelemetryRound[] = [];
    const send = async (situation: string): Promise<void> => {
      const round = telemetryRound(situation);
      rounds.push(round);
      if (chain !== undefined) await sendRound(chain, pod, round, signal);
    };
    const arrived = (): Promise<readonly string[]> => untilArrived(rounds, sink, signal);

    await untilLogsAreRead(chain, pod, sink, signal);
    await send("everything runs");
    const problems = [...(await arrived())];

    // Away in every way: the connection ends, or somebody answers that he cannot.
    sink.answers("traces", "is away");
    sink.answers("metrics", "is overloaded");
    sink.answers("logs", "is away");
    await send("the back ends are away");
    await untilWaiting(chain, sink, signal);
    await chain.gateway.kill();
    await send("the back ends are away, and the gateway was killed");
    // Whatever they hold, they hold on their disks.
    await Promise.all([chain.agent, ...chain.samplers].map((collector) => collector.kill()));
    for (const collector of [...chain.samplers, chain.gateway, chain.agent]) await collector.restart();
    await send("every collector was killed, and the back ends are still away");
    sink.answers("traces", "is overloaded");
    sink.answers("metrics", "is away");
    sink.answers("logs", "is overloaded");
    await untilWaiting(chain, sink, signal);
    for (const backEnd of backEnds) sink.answers(backEnd, "takes");
    await send("the back ends are back");
    problems.push(...(await arrived()), ...logProblems(pod, environment, rounds, sink), ...sink.problems);
    return { read: `${rounds.length} situations`, problems };
  } finally {
    await chain?.stop();
    await sink.close();
  }
}

/** An agent reads files from their beginning only when they appear after it has looked around. */
async function untilLogsAreRead(
  { logs }: TelemetryChain,
  pod: LoggingPod,
  sink: Sink,
  signal: AbortSignal,
): Promise<void> {
  await waitFor(
    "the agent to read logs",
    async () => {
      signal.throwIfAborted();
      if (sink.logs.size === 0) writeLines(logs, pod, ["is anybody there?"]);
      return sink.logs.size > 0;
    },
    { timeLimit, interval: 500 },
  );
}

/** Until each back end has turned something away, and each sampler has decided what it had gathered: that waits on its disk. */
async function untilWaiting(chain: TelemetryChain, sink: Sink, signal: AbortSignal): Promise<void> {
  await waitFor(
    "telemetry to wait for its back ends",
    async () => {
      signal.throwIfAborted();
      const texts = await Promise.all(chain.samplers.map((sampler) => sampler.scrape()));
      const sum = (metric: string): number => texts.reduce((all, text) => all + sumIn(text, `otelcol_${metric}`), 0);
      const traces = sum("processor_tail_sampling_new_trace_id_received");
      const decided = sum("processor_tail_sampling_global_count_traces_sampled") >= traces;
      return decided && backEnds.every((backEnd) => sink.turnedAway(backEnd) > 0);
    },
    { timeLimit, interval: 250 },
  );
}

async function untilArrived(
  rounds: readonly TelemetryRound[],
  sink: Sink,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const losses = (): readonly string[] => rounds.flatMap((round) => lossesOf(round, sink));
  await waitFor("telemetry to arrive", async () => signal.aborted || losses().length === 0, {
    timeLimit,
    interval: 250,
  }).catch(() => undefined);
  signal.throwIfAborted();
  return losses();
}

/** What is wrong with what the log records say of where they come from: sentences. */
function logProblems(
  pod: LoggingPod,
  environment: Environment,
  rounds: readonly TelemetryRound[],
  sink: Sink,
): readonly string[] {
  const expected: Readonly<Record<string, string>> = {
    "k8s.namespace.name": pod.namespace,
    "k8s.pod.name": pod.name,
    "k8s.pod.uid": pod.uid,
    "k8s.container.name": pod.container,
    "k8s.container.restart_count": "0",
    "k8s.node.name": nodeName,
    "deployment.environment.name": environment.name,
    "k8s.cluster.name": environment.cluster.name,
    "plinth.dev/team": pod.team,
  };
  const records = rounds.flatMap(({ lines }) => lines.flatMap((line) => sink.logs.get(line) ?? []));
  return [
    ...Object.entries(expected).flatMap(([attribute, value]) => {
      const wrong = new Set(records.map(({ resource }) => resource.get(attribute)).filter((found) => found !== value));
      return wrong.size === 0 ? [] : [`log records have ${attribute} ${[...wrong].join(", ")} instead of ${value}`];
    }),
    ...(records.every(({ attributes }) => attributes.get("log.iostream") === "stdout")
      ? []
      : ["log records do not say log.iostream stdout"]),
  ];
}
