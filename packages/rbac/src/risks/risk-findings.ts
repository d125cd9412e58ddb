import { describeResource, type Finding, type Resource } from "@plinth/core";
import { describeRule, inWords } from "../analysis/describe-rule.ts";
import type { WorkloadServiceAccount } from "../analysis/escalation/cluster-facts.ts";
import { describePath } from "../analysis/escalation/escalation-paths.ts";
import { describeSubject } from "../authorizer/subject.ts";
import type { RiskSeverity } from "./risk.ts";
import { type RiskHit, type RiskyBinding, riskHits } from "./risk-hits.ts";

/**
 * The same as findings, for a tree of which nothing is known: one for each role and risk, with rules, bindings and steps; the worst first. Errors where the
 * risk is critical or high, warnings where it is less.
 *
 * @example
 * import { formatFinding } from "@plinth/core";
 * for (const finding of riskFindings([clusterRole(namespaceDeveloper)])) console.log(formatFinding(finding));
 */
export function riskFindings(
  resources: Iterable<Resource>,
  workloadServiceAccounts?: readonly WorkloadServiceAccount[],
): Finding[] {
  return groupHits(riskHits(resources, workloadServiceAccounts))
    .sort((a, b) => severities.indexOf(a[0].risk.severity) - severities.indexOf(b[0].risk.severity))
    .map((hits) => {
      const [{ resource, risk, role }] = hits;
      return {
        code: "risky-permission",
        severity: risk.severity === "critical" || risk.severity === "high" ? "error" : "warning",
        ...(resource === undefined ? {} : { resource: describeResource(resource) }),
        message: riskMessage(hits),
        expected: `no role that may ${risk.title}`,
        hint: `${risk.id} (${risk.severity}), ${risk.source}: ${role}`,
      };
    });
}

const severities: readonly RiskSeverity[] = ["critical", "high", "medium", "low"];

/** Hits of one risk in one role: at least one. */
export type HitsOfRole = readonly [RiskHit, ...RiskHit[]];

/** Hits by role and risk, in the order in which they came. */
export function groupHits(hits: readonly RiskHit[]): HitsOfRole[] {
  const groups = new Map<string, [RiskHit, ...RiskHit[]]>();
  for (const hit of hits) {
    const key = `${hit.risk.id} ${hit.role}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [hit]);
    else group.push(hit);
  }
  return [...groups.values()];
}

/** What was found, in one sentence and its reasons: `namespace-developer may decide what pods run (create deployments.apps), held by …: A pod runs …`. */
export function riskMessage(hits: HitsOfRole): string {
  const [{ risk, role }] = hits;
  const rules = distinct(
    hits.flatMap(({ path, rule }) => (rule === undefined || path !== undefined ? [] : [describeRule(rule)])),
  );
  const paths = hits.flatMap(({ path }) => (path === undefined ? [] : [describePath(path).join(", then ")]));
  const held = distinct(hits.flatMap(({ bound }) => bound.map(describeBinding)));
  return [
    `${role === "" ? "somebody" : role} may ${risk.title}`,
    rules.length === 0 ? "" : ` (${inWords(rules, 3)})`,
    `, ${held.length === 0 ? "bound nowhere" : `held by ${inWords(held, 3)}`}`,
    `: ${risk.why}`,
    paths.length === 0 ? "" : ` ${inWords(paths, 2)}.`,
  ].join("");
}

function describeBinding({ namespace, subjects }: RiskyBinding): string {
  return `${inWords(subjects.map(describeSubject), 3)} in ${namespace === undefined ? "the whole cluster" : namespace}`;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
