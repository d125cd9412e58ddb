import { type PolicyException, runsSoftware } from "@plinth/core";
import { type Expression, increase, metric, or, select, sortDesc, sum } from "@plinth/metrics";
import type { Panel } from "../model/dashboard.ts";
import { timeseries } from "../model/panel.ts";
import { barGauge } from "../model/panel-league.ts";
import { text } from "../model/panel-words.ts";
import { row } from "../model/row.ts";
import { servicesOf, type TeamRow, type TeamView } from "./team-row.ts";

const legend = "{{policy_name}}";

/**
 * Which policies the team's objects break, and which exceptions it has until when. None where Kyverno does not run and the team has no exception.
 *
 * @example
 * import { environmentNamed, teamNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), team: teamNamed(platform, "backend") };
 * teamPolicyRow()(view)?.panels.map(({ title }) => title); // ["Violations by policy", "Violations over time"]
 */
export function teamPolicyRow(): TeamRow {
  return (view) => {
    const panels = [...(runsSoftware(view.platform, "kyverno") ? violationPanels(view) : []), ...exceptionsPanel(view)];
    return panels.length === 0 ? undefined : row("Policies", panels, { id: "policies" });
  };
}

function violationPanels({ team: { namespace } }: TeamView): readonly Panel[] {
  return [
    barGauge("Violations by policy", sortDesc(violations(namespace, "$__range")), {
      unit: "short",
      legend,
      min: 0,
      decimals: 0,
      description:
        "Changes and checks in the time range that a policy found fault with. Where it is enforced they were refused; where it is audited they will be one day: the policy's page says how to put it right.",
    }),
    timeseries("Violations over time", violations(namespace, "$__interval"), {
      unit: "short",
      legend,
      min: 0,
      width: 16,
      stacked: true,
      description: "The same over time: what began with which change?",
    }),
  ];
}

/** What policies of each kind found fault with: those of `kyverno.io` and those of `policies.kyverno.io` are counted apart. */
function violations(namespace: string, range: string): Expression {
  const classic = select(metric("kyverno_policy_results_total"), {
    resource_namespace: namespace,
    rule_result: "fail",
  });
  const failed = { resource_namespace: namespace, result: "fail" } as const;
  const validating = select(metric("kyverno_validating_policy_results_total"), failed);
  const images = select(metric("kyverno_image_validating_policy_results_total"), failed);
  return [validating, images, classic]
    .map((results): Expression => sum(increase(results, range), { by: ["policy_name"] }))
    .reduce((all, results) => or(all, results));
}

/** From the model, which knows them before Kyverno does. */
function exceptionsPanel(view: TeamView): readonly Panel[] {
  const exceptions = exceptionsOf(view);
  if (exceptions.length === 0) return [];
  const lines = exceptions.map(
    ({ policy, until, because, ticket, owner }) =>
      `| ${[`\`${policy}\``, until, inCell(because), inCell(ticket), owner].join(" | ")} |`,
  );
  return [
    text(
      "Exceptions",
      ["| Policy | Until | Because | Ticket | Owner |", "| --- | --- | --- | --- | --- |", ...lines].join("\n"),
      {
        height: 3 + exceptions.length,
        description:
          "What policies let pass for the team, and the last day on which they do. After it the same object is refused: make the exception unnecessary before.",
      },
    ),
  ];
}

/** Exceptions for the team, for its services, or that it has to make unnecessary; the first to end first. */
function exceptionsOf(view: TeamView): readonly PolicyException[] {
  const { platform, environment, team } = view;
  const services = new Set<string>(servicesOf(view).map(({ name }) => name));
  return platform.policyExceptions
    .filter(
      ({ for: scope, owner, environments }) =>
        (environments?.includes(environment.name) ?? true) &&
        (owner === team.name ||
          scope.team === team.name ||
          (scope.service !== undefined && services.has(scope.service))),
    )
    .toSorted((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0));
}

function inCell(words: string): string {
  return words.replaceAll("|", "\\|").replace(/\s+/g, " ");
}
