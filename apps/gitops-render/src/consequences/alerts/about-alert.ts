import type { Consequence } from "../consequence.ts";
import { type About, aboutObjects } from "../whole/about.ts";
import type { RenderedAlert } from "./rules-of.ts";

/** The part of a consequence that follows from the alert. */
export type AboutAlert = About & Pick<Consequence, "concerns" | "subject">;

/** Whose an alert is: by its object, or by its labels. One that changes hands concerns both. */
export function aboutAlert(environment: string, ...alerts: readonly RenderedAlert[]): AboutAlert {
  const found = aboutObjects(
    environment,
    alerts.map((alert) => alert.object),
  );
  const [team, ...otherTeams] = distinct(alerts.map(({ object, labels }) => object.entry.team ?? labels.team));
  const [service, ...otherServices] = distinct(
    alerts.map(({ object, labels }) => object.entry.service ?? labels.service),
  );
  return {
    ...found,
    subject: alerts.at(-1)?.name ?? "",
    ...(team === undefined || otherTeams.length > 0 ? {} : { team }),
    ...(team === undefined || otherTeams.length === 0 ? {} : { concerns: [team, ...otherTeams] }),
    ...(service === undefined || otherServices.length > 0 ? {} : { service }),
  };
}

function distinct(names: readonly (string | undefined)[]): readonly string[] {
  // A label that is a template says it only when the alert fires.
  return [...new Set(names.flatMap((name) => (name === undefined || name.includes("{{") ? [] : [name])))].sort();
}
