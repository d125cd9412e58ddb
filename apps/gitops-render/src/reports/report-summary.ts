import { risks, worstOf } from "../consequences/risk/consequence-risk.ts";
import { domains } from "../consequences/risk/domains.ts";
import type { ConsequenceRisk } from "../consequences/rules/consequence-rule.ts";
import type { ReportedConsequence, ReportedObjects, ReportSummary, RiskCounts } from "./diff-report.ts";

/** How much there is, by risk, by domain, and by who should look. */
export function summarize(lines: readonly ReportedConsequence[], objects: readonly ReportedObjects[]): ReportSummary {
  const count = (wanted: (group: ReportedObjects) => boolean): number =>
    objects.reduce((sum, group) => sum + (wanted(group) ? group.count : 0), 0);
  const byDomain = Map.groupBy(lines, ({ domain }) => domain);
  const reviewers = new Map<string, ReportedConsequence[]>();
  for (const line of lines) {
    for (const reviewer of line.reviewers) {
      const known = reviewers.get(reviewer);
      if (known === undefined) reviewers.set(reviewer, [line]);
      else known.push(line);
    }
  }
  return {
    risk: worstOf(lines.map(({ risk }) => risk)),
    lines: countRisks(lines),
    consequences: lines.reduce((sum, { members }) => sum + members.length, 0),
    domains: domains.flatMap((domain) => {
      const here = byDomain.get(domain);
      return here === undefined ? [] : [{ domain, lines: countRisks(here) }];
    }),
    reviewers: [...reviewers]
      .map(([reviewer, theirs]) => ({ reviewer, lines: countRisks(theirs) }))
      .toSorted((a, b) => compareCounts(a.lines, b.lines) || (a.reviewer < b.reviewer ? -1 : 1)),
    objects: {
      added: count(({ change }) => change === "added"),
      removed: count(({ change }) => change === "removed"),
      changed: count(({ change }) => change === "changed"),
      moved: count(({ change }) => change === "moved"),
      unspoken: count(({ spokenOf, change }) => !spokenOf && change !== "moved"),
    },
  };
}

function countRisks(lines: readonly { readonly risk: ConsequenceRisk }[]): RiskCounts {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, none: 0 };
  for (const { risk } of lines) counts[risk]++;
  return counts;
}

/** Those with the worst first. */
function compareCounts(a: RiskCounts, b: RiskCounts): number {
  return risks.map((risk) => b[risk] - a[risk]).find((difference) => difference !== 0) ?? 0;
}
