import { fieldAt, textAt } from "@plinth/core";
import type { CollectorConfig } from "@plinth/otel";
import type { ObjectChange, TreeComparison } from "../../comparison/tree-comparison.ts";
import type { Consequence } from "../consequence.ts";
import { type About, about } from "../whole/about.ts";
import { listed, pairsOf } from "../whole/pairs.ts";
import { toldChanges } from "../whole/told-changes.ts";
import { wholeIn } from "../whole/whole.ts";
import { bufferChanges, settingChanges } from "./collector-settings.ts";
import { pipelineChanges } from "./pipeline-changes.ts";
import { redactionChanges } from "./redaction.ts";
import { collectorOf, type Destination, destinationsOf } from "./rendered-collector.ts";
import { keptTraces } from "./sampling.ts";
import { samplingChanges } from "./sampling-changes.ts";

/** Collectors that come, go, or do something else with what passes them. */
export function collectorChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  return toldChanges(comparison, environment, "OpenTelemetryCollector").flatMap((change): readonly Consequence[] => {
    const base = about(environment, change);
    const [before, after] = [configOn(change, "before"), configOn(change, "after")];
    const name = (change.after ?? change.before)?.resource.metadata.name ?? "";
    if (change.before === undefined || change.after === undefined) {
      const fate = change.before === undefined ? "added" : "removed";
      const text = fate === "added" ? "is a new collector" : "is gone";
      return [
        { rule: `collector-${fate}`, ...base, subject: name, text, details: [] },
        ...destinationChanges(base, name, before, after).filter(({ rule }) =>
          ["telemetry-leaves-cluster", "telemetry-stays-in-cluster"].includes(rule),
        ),
      ];
    }
    const image = imageChange(base, name, change);
    if (before === undefined || after === undefined) return [...image, ...settingChanges(base, name, change)];
    const [kept, keptNow] = [keptTraces(before), keptTraces(after)];
    return [
      ...destinationChanges(base, name, before, after),
      ...transportChanges(base, name, before, after),
      ...redactionChanges(base, name, before, after),
      ...(kept === undefined || keptNow === undefined
        ? []
        : samplingChanges(base, wholeIn(comparison, environment), kept, keptNow)),
      ...pipelineChanges(base, name, before, after),
      ...bufferChanges(base, name, before, after),
      ...settingChanges(base, name, change),
      ...image,
    ];
  });
}

function configOn(change: ObjectChange, side: "before" | "after"): CollectorConfig | undefined {
  const object = change[side];
  return object === undefined ? undefined : collectorOf(object).config;
}

function destinationChanges(
  base: About,
  name: string,
  before: CollectorConfig | undefined,
  after: CollectorConfig | undefined,
): readonly Consequence[] {
  const places = (config: CollectorConfig | undefined): readonly Destination[] =>
    config === undefined ? [] : destinationsOf(config);
  const pairs = pairsOf(distinct(places(before)), distinct(places(after)), keyOf);
  const changed = Map.groupBy(
    pairs.flatMap(({ before: was, after: is }) => {
      const destination = is ?? was;
      return destination === undefined || (was !== undefined && is !== undefined)
        ? []
        : [{ destination, fate: was === undefined ? ("added" as const) : ("removed" as const) }];
    }),
    ({ destination, fate }) => `${fate} ${destination.place}`,
  );
  return [...changed.values()].flatMap((group): readonly Consequence[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { place, outside } = first.destination;
    const signals = listed([...new Set(group.map(({ destination }) => destination.signal))]);
    const where = outside ? `${place}, outside of the cluster` : place;
    return [
      {
        rule: ruleOf(first.fate, outside),
        ...base,
        subject: `${signals} of ${name}`,
        text: first.fate === "added" ? `go to ${where}` : `go no more to ${where}`,
        details: [],
      },
    ];
  });
}

function ruleOf(fate: "added" | "removed", outside: boolean): Consequence["rule"] {
  if (outside) return fate === "added" ? "telemetry-leaves-cluster" : "telemetry-stays-in-cluster";
  return `telemetry-destination-${fate}`;
}

function keyOf({ signal, place }: Destination): string {
  return `${signal} ${place}`;
}

function distinct(destinations: readonly Destination[]): readonly Destination[] {
  return [...new Map(destinations.map((destination) => [keyOf(destination), destination])).values()];
}

const protection: Readonly<Record<Destination["transport"], number>> = {
  "in the clear": 0,
  unchecked: 1,
  encrypted: 2,
};

const transportTexts: Readonly<Record<Destination["transport"], string>> = {
  "in the clear": "in the clear",
  unchecked: "to a server that nobody checks",
  encrypted: "encrypted, to a server that is checked",
};

function transportChanges(
  base: About,
  name: string,
  before: CollectorConfig,
  after: CollectorConfig,
): readonly Consequence[] {
  return pairsOf(distinct(destinationsOf(before)), distinct(destinationsOf(after)), keyOf).flatMap(
    ({ before: was, after: is }): readonly Consequence[] => {
      if (was === undefined || is === undefined || was.transport === is.transport) return [];
      const weaker = protection[is.transport] < protection[was.transport];
      return [
        {
          rule: weaker ? "telemetry-transport-weakened" : "telemetry-transport-strengthened",
          ...base,
          subject: `${is.signal} of ${name}`,
          text: `go to ${is.place} ${transportTexts[is.transport]}, not ${transportTexts[was.transport]}`,
          details: [],
        },
      ];
    },
  );
}

function imageChange(base: About, name: string, { before, after }: ObjectChange): readonly Consequence[] {
  const [was, is] = [before, after].map((object) => textAt(fieldAt(object?.resource, "spec"), "image"));
  if (was === is) return [];
  return [{ rule: "collector-version-changed", ...base, subject: name, text: `runs ${is}, not ${was}`, details: [] }];
}
