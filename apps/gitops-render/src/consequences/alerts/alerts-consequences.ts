import type { Consequence, ConsequenceReader } from "../consequence.ts";
import { alikeTogether } from "../whole/alike.ts";
import { alertChanges } from "./alert-changes.ts";
import { recordingChanges } from "./recording-changes.ts";
import { routingChanges } from "./routing/routing-changes.ts";
import { teamRoutingChanges } from "./routing/team-routing-changes.ts";

/** What many alerts have alike when their common base changes: where their runbooks lie. */
const folded: ReadonlySet<string> = new Set(["alert-labels-changed", "alert-links-changed", "alert-text-changed"]);

/** The same of alerts of the platform alone; those of services are alike from service to service. */
const foldedOfPlatform: ReadonlySet<string> = new Set([
  "alert-severity-raised",
  "alert-severity-lowered",
  "alert-severity-changed",
]);

function isFolded({ rule, service }: Consequence): boolean {
  return folded.has(rule) || (service === undefined && foldedOfPlatform.has(rule));
}

/** What a change means for who is woken by what: alerts, recorded series, routing, inhibition. */
export const alertsConsequences: ConsequenceReader = (comparison) =>
  comparison.environments.flatMap((environment) => [
    ...alikeTogether(alertChanges(comparison, environment), "alerts", isFolded),
    ...recordingChanges(comparison, environment),
    ...routingChanges(comparison, environment),
    ...teamRoutingChanges(comparison, environment),
  ]);
