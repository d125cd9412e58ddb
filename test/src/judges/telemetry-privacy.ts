import { join } from "node:path";
import type { Environment, Finding } from "@plinth/core";
import { waitFor } from "../cluster/wait-for.ts";
import { collectorLayers } from "./environment-collectors.ts";
import { environmentProblems } from "./environment-problems.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { postOtlp } from "./otlp-json.ts";
import { type RunningGateway, startGateway } from "./sampling-collectors.ts";
import { secretRequests } from "./telemetry-privacy-requests.ts";
import { neighbours, type Secret, secretsOf } from "./telemetry-secrets.ts";
import { type BackEnd, type Sink, startSink } from "./telemetry-sink.ts";

/**
 * The rendered gateways of each environment run, and are sent every kind of secret in every place: none of them appears in what the back ends get, everything
 * beside them does, and what an environment allows stays.
 */
export const telemetryPrivacy: Judge = {
  name: "telemetry-privacy",
  purpose: "no secret passes the gateways, in any place of any signal",
  tools: ["otelcol"],
  judge: async (context) => {
    const findings: Finding[] = [];
    const read: string[] = [];
    for (const environment of context.platform.environments) {
      const judged = await judgeEnvironment(environment, context);
      read.push(`${judged.rules} rules of ${environment.name}`);
      findings.push(
        ...environmentProblems(environment, judged.problems, "what the environment's redaction says", judged.file),
      );
    }
    return { read: read.join(", "), findings };
  },
};

const timeLimit = 60_000;

async function judgeEnvironment(
  environment: Environment,
  { tree, workFolder, signal }: JudgeContext,
): Promise<{ readonly rules: number; readonly problems: readonly string[]; readonly file?: string }> {
  const layers = collectorLayers(tree, environment);
  if (typeof layers === "string") return { rules: 0, problems: [layers] };
  const { secrets, problems } = secretsOf(environment);
  const sink = await startSink();
  let running: RunningGateway | undefined;
  try {
    const configs = { gateway: layers.gateway.config, sampler: layers.sampler.config };
    running = await startGateway(configs, sink.address, join(workFolder, environment.name), 1);
    const requests = secretRequests(secrets, "checkout");
    const refused: string[] = [];
    for (const name of ["traces", "metrics", "logs"] as const) {
      const { status, text } = await postOtlp(running.address, name, requests[name], signal);
      if (status !== 200) refused.push(`the gateway refuses ${name}: ${status} ${text}`);
    }
    const missing = (): readonly string[] => missingNeighbours(secrets, sink);
    await waitFor("telemetry to arrive", async () => signal.aborted || missing().length === 0, { timeLimit }).catch(
      () => undefined,
    );
    signal.throwIfAborted();
    return {
      rules: secrets.length,
      problems: [...problems, ...refused, ...missing(), ...leaks(secrets, sink), ...sink.problems],
      file: layers.gateway.file,
    };
  } finally {
    await running?.stop();
    await sink.close();
  }
}

const backEnds: readonly BackEnd[] = ["traces", "metrics", "logs"];

/** Secrets that were seen: a sentence for each rule and back end, with what stands before the first. */
function leaks(secrets: readonly Secret[], sink: Sink): readonly string[] {
  return backEnds.flatMap((backEnd) =>
    secrets
      .filter(({ removed }) => removed)
      .flatMap(({ rule, hidden }) => {
        const pattern = new RegExp(quoted(hidden), "g");
        const seen = (sink.texts.get(backEnd) ?? []).flatMap((text) =>
          [...text.matchAll(pattern)].map(({ index }) => text.slice(Math.max(0, index - 80), index + hidden.length)),
        );
        const [first] = seen;
        return first === undefined ? [] : [`${rule} is seen in ${backEnd}, ${seen.length} times; the first: ${first}`];
      }),
  );
}

function quoted(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** What should have stayed: neighbours in each signal, what the environment allows, and the span metrics. */
function missingNeighbours(secrets: readonly Secret[], sink: Sink): readonly string[] {
  const all = (backEnd: BackEnd): string => (sink.texts.get(backEnd) ?? []).join("\n");
  const lacks = (backEnd: BackEnd, texts: readonly string[]): readonly string[] => {
    const came = all(backEnd);
    return texts.flatMap((text) =>
      came.includes(text) ? [] : [`${backEnd} lack ${JSON.stringify(text)}, which is no secret`],
    );
  };
  const allowed = secrets.filter(({ removed }) => !removed).map(({ hidden }) => hidden);
  const kept = [...Object.values(neighbours.attributes), neighbours.text, ...allowed];
  return [
    ...lacks("traces", [...kept, "span-name begins", "status-message begins", "event-name begins", "event begins"]),
    ...lacks("logs", [
      ...kept,
      "body begins",
      "list-body begins",
      "map-body begins",
      "json-body begins",
      "record begins",
    ]),
    ...lacks("metrics", [
      ...kept,
      "point begins",
      "judge_gauge",
      "judge_histogram_bucket",
      "traces_span_metrics_calls_total",
      "span-name begins",
    ]),
  ];
}
