import { fieldAt, textMapAt } from "@plinth/core";
import type { ObjectChange, TreeComparison, TreeObject } from "../../comparison/tree-comparison.ts";
import type { Consequence } from "../consequence.ts";
import { about } from "../whole/about.ts";
import { leafChanges } from "../whole/leaf-changes.ts";
import { toldChanges } from "../whole/told-changes.ts";
import { type Whole, wholeIn } from "../whole/whole.ts";

const monitors: readonly string[] = ["PodMonitor", "ServiceMonitor", "ScrapeConfig", "Probe"];

/** How services are instrumented: Instrumentations of the operator, and variables of a service that brings its own SDK. */
export function instrumentationChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  return toldChanges(comparison, environment, "Instrumentation", "ConfigMap")
    .filter(({ before, after }) => [before, after].some((object) => object !== undefined && instruments(object)))
    .filter((change) => !followsService(wholeIn(comparison, environment), change))
    .flatMap((change) => {
      const object = change.after ?? change.before;
      const isService = object?.resource.kind === "ConfigMap";
      const name = object?.resource.metadata.name ?? "";
      return objectChange(
        environment,
        change,
        "instrumentation",
        isService ? "telemetry variables" : `instrumentation ${name}`,
        {
          added: isService ? "come: its own SDK reads them" : "is offered to pods",
          removed: isService
            ? "are gone: its own SDK reads them no more"
            : "is gone: pods that ask for it are not instrumented",
          changed: isService ? "are set to other values" : "works in another way",
        },
      );
    });
}

/** A way to instrument that comes with the first service that needs it, or goes with the last. */
function followsService({ services, teams }: Whole, { before, after }: ObjectChange): boolean {
  const fate = before === undefined ? "added" : after === undefined ? "removed" : undefined;
  return (
    (after ?? before)?.resource.kind === "Instrumentation" && [...services, ...teams].some((each) => each.fate === fate)
  );
}

function instruments({ resource }: TreeObject): boolean {
  return resource.kind === "Instrumentation" || textMapAt(resource, "data")["OTEL_SERVICE_NAME"] !== undefined;
}

/** Which metrics Prometheus fetches. */
export function scrapingChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  return toldChanges(comparison, environment, ...monitors).flatMap((change) => {
    const { kind, metadata } = (change.after ?? change.before)?.resource ?? { kind: "", metadata: { name: "" } };
    return objectChange(environment, change, "scraping", subjectOf(change, `metrics of ${metadata.name} (${kind})`), {
      added: "are scraped",
      removed: "are scraped no more",
      changed: "are scraped in another way",
    });
  });
}

/** What services have alike is told once of several. */
function subjectOf({ before, after }: ObjectChange, otherwise: string): string {
  return (after ?? before)?.entry.service === undefined ? otherwise : "metrics of the service";
}

function objectChange(
  environment: string,
  change: ObjectChange,
  what: "instrumentation" | "scraping",
  subject: string,
  texts: Readonly<Record<"added" | "removed" | "changed", string>>,
): readonly Consequence[] {
  const { before, after } = change;
  const base = { ...about(environment, change), subject };
  if (before === undefined) return [{ rule: `${what}-added`, ...base, text: texts.added, details: [] }];
  if (after === undefined) return [{ rule: `${what}-removed`, ...base, text: texts.removed, details: [] }];
  const fields = leafChanges(contentOf(before), contentOf(after), "").map(
    ({ path, before: was, after: is }) => `${path.slice(1)}: ${is}, not ${was}`,
  );
  return fields.length === 0 ? [] : [{ rule: `${what}-changed`, ...base, text: texts.changed, details: fields }];
}

/** Without the tier, of which it is told with the service. */
function contentOf({ resource }: TreeObject): unknown {
  const spec = fieldAt(resource, "spec");
  if (spec !== undefined) return spec;
  return Object.fromEntries(
    Object.entries(textMapAt(resource, "data")).map(([name, value]) => [
      name,
      value.replace(/(^|,)service\.criticality=[^,]*/, ""),
    ]),
  );
}
