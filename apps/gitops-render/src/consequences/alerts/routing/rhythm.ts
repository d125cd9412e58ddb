import type { AlertmanagerRoute, Delivery } from "@plinth/alerts";
import { listed } from "../../whole/pairs.ts";
import { secondsOfDuration, secondsText } from "../limit-text.ts";

/** How messages of a delivery come: what Alertmanager takes from the nearest route that says it. */
interface Rhythm {
  readonly groupBy: string;
  readonly wait: number;
  readonly interval: number;
  readonly repeat: number;
}

// Defaults of Alertmanager: https://prometheus.io/docs/alerting/latest/configuration/#route
function rhythmOf({ path }: Delivery): Rhythm {
  const nearest = <Field extends keyof AlertmanagerRoute>(field: Field): AlertmanagerRoute[Field] =>
    path.findLast((route) => route[field] !== undefined)?.[field];
  return {
    groupBy: listed((nearest("group_by") ?? []).toSorted()),
    wait: secondsOfDuration(nearest("group_wait") ?? "30s"),
    interval: secondsOfDuration(nearest("group_interval") ?? "5m"),
    repeat: secondsOfDuration(nearest("repeat_interval") ?? "4h"),
  };
}

/** What differs in how messages come, for the same receivers: `are repeated after 12 h, not 4 h`. Empty where nothing does. */
export function rhythmText(before: readonly Delivery[], after: readonly Delivery[]): string {
  const [was, is] = [before.map(rhythmOf), after.map(rhythmOf)];
  const pairs = was.flatMap((rhythm, index) => {
    const other = is[index];
    return other === undefined ? [] : [[rhythm, other] as const];
  });
  const clauses = pairs.flatMap(([a, b]) => [
    ...(a.groupBy === b.groupBy ? [] : [`are grouped by ${b.groupBy || "nothing"}, not by ${a.groupBy || "nothing"}`]),
    ...(a.wait === b.wait ? [] : [`wait ${secondsText(b.wait)} for others, not ${secondsText(a.wait)}`]),
    ...(a.interval === b.interval
      ? []
      : [`tell of more after ${secondsText(b.interval)}, not ${secondsText(a.interval)}`]),
    ...(a.repeat === b.repeat ? [] : [`are repeated after ${secondsText(b.repeat)}, not ${secondsText(a.repeat)}`]),
  ]);
  return [...new Set(clauses)].join("; ");
}
