import { matching, metric, printPromqlLine, select } from "@plinth/metrics";
import type { LintExclusion } from "../lint/lint-rule.ts";
import type { LabelVariable } from "../model/dashboard.ts";
import { labelVariable } from "../model/variable.ts";
import type { SloMatchers } from "./budget-queries.ts";

const objectives = metric("slo:objective:ratio");

function choice(title: string, label: "environment" | "team" | "tier" | "sloth_service", about: string): LabelVariable {
  return labelVariable(title, printPromqlLine(select(objectives)), label, {
    description: `Only the promises of ${about}.`,
  });
}

const environment = choice("Environment", "environment", "these environments");

/** What the reader narrows all promises by: labels that every rule of an SLO carries. */
export const sloVariables: readonly LabelVariable[] = [
  environment,
  choice("Team", "team", "these teams"),
  choice("Tier", "tier", "services of these tiers"),
  choice("Service", "sloth_service", "these services, or these parts of the platform"),
];

/** The promises that the reader chose. */
export const chosenSlos: SloMatchers = {
  environment: matching("$environment"),
  team: matching("$team"),
  tier: matching("$tier"),
  sloth_service: matching("$service"),
};

/** What the reader chooses one promise by: a service, and one of its promises. */
export const oneSloVariables: readonly LabelVariable[] = [
  environment,
  labelVariable("Service", printPromqlLine(select(objectives)), "sloth_service", {
    description: "The service, or the part of the platform, whose promise it is.",
    single: true,
  }),
  labelVariable("SLO", printPromqlLine(select(objectives, { sloth_service: "$service" })), "sloth_slo", {
    description: "One of its promises.",
    single: true,
  }),
];

/** The promise that the reader chose. */
export const oneSlo: SloMatchers = {
  environment: matching("$environment"),
  sloth_service: "$service",
  sloth_slo: "$slo",
};

const bySlo = "the panels are about promises, whose series name a service and not what was scraped for it";

/** Rules about scrape jobs that a dashboard about promises does not follow. */
export const sloExclusions: readonly LintExclusion[] = [
  { rule: "template-job", because: bySlo },
  { rule: "template-instance", because: bySlo },
  { rule: "target-job", because: bySlo },
  { rule: "target-instance", because: bySlo },
];
