import type { CollectorConfig } from "@plinth/otel";
import type { Consequence } from "../consequence.ts";
import type { About } from "../whole/about.ts";
import { listed, without } from "../whole/pairs.ts";
import { isRedaction } from "./redaction.ts";
import { isSampler } from "./sampling.ts";

type Part = "receivers" | "processors";

const rules = {
  receivers: { added: "telemetry-receiver-added", removed: "telemetry-receiver-removed" },
  processors: { added: "telemetry-processor-added", removed: "telemetry-processor-removed" },
} as const;

/** What comes in on another way, or is worked on in another way; what goes out, is masked or chosen is told elsewhere. */
export function pipelineChanges(
  base: About,
  name: string,
  before: CollectorConfig,
  after: CollectorConfig,
): readonly Consequence[] {
  const [was, is] = [Object.keys(before.service.pipelines), Object.keys(after.service.pipelines)];
  const common = is.filter((pipeline) => was.includes(pipeline));
  const whole = (pipelines: readonly string[], fate: "added" | "removed"): readonly Consequence[] =>
    pipelines.map((pipeline) => ({
      rule: `telemetry-pipeline-${fate}`,
      ...base,
      subject: `pipeline ${pipeline} of ${name}`,
      text: fate === "added" ? "is new" : "is gone",
      details: [],
    }));
  return [
    ...whole(without(is, was), "added"),
    ...whole(without(was, is), "removed"),
    ...(["receivers", "processors"] as const).flatMap((part) => [
      ...partChanges(base, name, part, "added", common, after, before),
      ...partChanges(base, name, part, "removed", common, before, after),
    ]),
  ];
}

/** What pipelines of one side use and the same pipelines of the other do not. */
function partChanges(
  base: About,
  name: string,
  part: Part,
  fate: "added" | "removed",
  pipelines: readonly string[],
  { service, connectors = {} }: CollectorConfig,
  other: CollectorConfig,
): readonly Consequence[] {
  const found = new Map<string, string[]>();
  for (const pipeline of pipelines) {
    const [own, theirs] = [service.pipelines[pipeline]?.[part] ?? [], other.service.pipelines[pipeline]?.[part] ?? []];
    for (const id of without(own, theirs)) {
      if (connectors[id] !== undefined || isRedaction(id) || isSampler(id)) continue;
      found.set(id, [...(found.get(id) ?? []), pipeline]);
    }
  }
  const texts = {
    receivers: { added: "come in from", removed: "come in no more from" },
    processors: { added: "pass", removed: "pass no more" },
  };
  return [...found].map(([id, used]) => ({
    rule: rules[part][fate],
    ...base,
    subject: `${listed(used)} of ${name}`,
    text: `${texts[part][fate]} ${id}`,
    details: [],
  }));
}
