import { markdownTable } from "@plinth/core";
import type { ConsequenceRule } from "../rules/consequence-rule.ts";
import { consequenceRules } from "../rules/consequence-rules.ts";
import { riskOf } from "./consequence-risk.ts";
import { domains } from "./domains.ts";

/** All rules as the documentation shows them: a heading and a table for each domain that has some. */
export function ruleTables(): string {
  const rules: readonly (readonly [string, ConsequenceRule])[] = Object.entries(consequenceRules);
  return domains
    .flatMap((domain) => {
      const rows = rules
        .filter(([, rule]) => rule.domain === domain)
        .map(([name, rule]) => [
          `\`${name}\``,
          rule.meaning.replaceAll("<", "&lt;"),
          rule.risk,
          riskOf(rule, false),
          rule.reviewers.join(", "),
          rule.mirror === name ? "itself" : `\`${rule.mirror}\``,
        ]);
      const head = ["Rule", "Means", "Guarded", "Elsewhere", "Who looks", "The other way round"];
      return rows.length === 0 ? [] : [`### ${domain} (${rows.length})\n\n${markdownTable(head, rows)}\n`];
    })
    .join("\n");
}
