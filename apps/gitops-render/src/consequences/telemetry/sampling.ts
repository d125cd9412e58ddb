import { fieldAt, listAt, textAt, textsAt } from "@plinth/core";
import type { CollectorConfig } from "@plinth/otel";
import { secondsText } from "../alerts/limit-text.ts";
import { printData } from "../whole/pairs.ts";
import { typeOf } from "./rendered-collector.ts";

/** What a collector keeps of the traces that pass it. */
export interface KeptTraces {
  /** Percent of all traces. */
  readonly share: number;
  /** Percent of some, by what they have: `service.criticality=critical`. */
  readonly shares: ReadonlyMap<string, number>;
  /** What is kept whatever else holds: `traces with an error`. */
  readonly guarantees: readonly string[];
  /** From how many milliseconds on a trace is kept for being slow. */
  readonly slowFrom?: number;
  /** The same for traces through one service. */
  readonly slowServices: ReadonlyMap<string, number>;
  /** Policies of other kinds, by name. */
  readonly others: ReadonlyMap<string, string>;
}

/** `undefined` for a collector through which no traces pass. */
export function keptTraces({ processors = {}, service }: CollectorConfig): KeptTraces | undefined {
  const pipelines = Object.entries(service.pipelines).filter(([id]) => typeOf(id) === "traces");
  if (pipelines.length === 0) return undefined;
  const used = new Set(pipelines.flatMap(([, { processors: ids = [] }]) => ids));
  const chosen = [...used].filter((id) => isSampler(id));
  const kept: Mutable = {
    share: 100,
    shares: new Map(),
    guarantees: [],
    slowServices: new Map(),
    others: new Map(),
  };
  for (const id of chosen) {
    const options = processors[id];
    if (typeOf(id) === "probabilistic_sampler") kept.share = Math.min(kept.share, percentAt(options));
    else {
      kept.share = 0;
      for (const policy of listAt(options, "policies")) readPolicy(kept, policy);
    }
  }
  return kept;
}

/** True for a processor that chooses traces. */
export function isSampler(id: string): boolean {
  return ["tail_sampling", "probabilistic_sampler"].includes(typeOf(id));
}

interface Mutable {
  share: number;
  shares: Map<string, number>;
  guarantees: string[];
  slowFrom?: number;
  slowServices: Map<string, number>;
  others: Map<string, string>;
}

function readPolicy(kept: Mutable, policy: unknown): void {
  const name = textAt(policy, "name");
  switch (textAt(policy, "type")) {
    case "always_sample":
      kept.share = 100;
      return;
    case "probabilistic":
      kept.share = Math.max(kept.share, percentAt(fieldAt(policy, "probabilistic")));
      return;
    case "status_code":
      for (const code of textsAt(policy, "status_code", "status_codes"))
        kept.guarantees.push(codes[code] ?? `traces with the status ${code}`);
      return;
    case "string_attribute":
      kept.guarantees.push(`traces with ${attributeOf(policy)}`);
      return;
    case "latency": {
      const threshold = fieldAt(policy, "latency", "threshold_ms");
      // Longer than the threshold, in whole milliseconds.
      if (typeof threshold === "number") kept.slowFrom = threshold + 1;
      return;
    }
    case "and": {
      const parts = listAt(policy, "and", "and_sub_policy");
      const share = parts.find((part) => textAt(part, "type") === "probabilistic");
      const attribute = parts.find((part) => textAt(part, "type") === "string_attribute");
      if (share === undefined || attribute === undefined || parts.length !== 2) break;
      kept.shares.set(attributeOf(attribute), percentAt(fieldAt(share, "probabilistic")));
      return;
    }
    case "ottl_condition": {
      const slow = textsAt(policy, "ottl_condition", "span").map(slowServices);
      if (slow.some((each) => each === undefined)) break;
      for (const each of slow)
        for (const service of each?.services ?? []) kept.slowServices.set(service, each?.milliseconds ?? 0);
      return;
    }
  }
  kept.others.set(name, printData(policy));
}

const codes: Readonly<Record<string, string>> = { ERROR: "traces with an error", OK: "traces that went well" };

function attributeOf(policy: unknown): string {
  return `${textAt(policy, "string_attribute", "key")}=${textsAt(policy, "string_attribute", "values").join("|")}`;
}

function percentAt(options: unknown): number {
  const share = fieldAt(options, "sampling_percentage");
  return typeof share === "number" ? share : 0;
}

/** Services whose promise is shorter than what is slow for all, as Plinth writes the condition. */
function slowServices(
  condition: string,
): { readonly services: readonly string[]; readonly milliseconds: number } | undefined {
  const [, nanoseconds, names = ""] =
    /end_time_unix_nano - span\.start_time_unix_nano >= (\d+) and ContainsValue\(\[([^\]]*)\]/.exec(condition) ?? [];
  return nanoseconds === undefined
    ? undefined
    : {
        milliseconds: Number(nanoseconds) / 1e6,
        services: names.split(",").map((name) => name.trim().replaceAll('"', "")),
      };
}

/** `from 200 ms on`. */
export function slowText(milliseconds: number | undefined): string {
  return milliseconds === undefined ? "never" : `from ${secondsText(milliseconds / 1000)} on`;
}
