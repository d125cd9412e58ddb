import { markdownTable } from "@plinth/core";
import { risks } from "../../consequences/risk/consequence-risk.ts";
import type { DiffReport, RiskCounts } from "../diff-report.ts";
import { countsInWords, isEmptyReport, objectsInWords, remarksOf } from "../report-words.ts";
import { code, inline } from "./escape.ts";

// More names than a reader takes in; the others are at their consequences.
const mostReviewers = 50;
const mostFindings = 20;

/** What a reader sees first: how much of what, who should look, and what could not be compared. */
export function summaryText(report: DiffReport): string {
  const { summary, findings } = report;
  const { domains, reviewers, objects } = summary;
  if (isEmptyReport(report) && findings.length === 0) return "Both sides say the same: nothing changes.";
  const cells = (lines: RiskCounts): string[] => risks.map((risk) => (lines[risk] === 0 ? "" : String(lines[risk])));
  const said =
    summary.consequences === 0
      ? "No consequence that a rule speaks of."
      : `**${countsInWords(summary.lines)}**, by domain:`;
  const inWords = objectsInWords(objects);
  return [
    said,
    markdownTable(
      ["", ...risks],
      domains.map(({ domain, lines }) => [domain, ...cells(lines)]),
    ),
    reviewersText(reviewers),
    inWords === ""
      ? ""
      : `${inWords}${objects.unspoken === 0 ? "" : `; of ${objects.unspoken} of them no rule speaks`}.`,
    remarksOf(report)
      .map((remark) => `- ${inline(remark)}`)
      .join("\n"),
    findings.length === 0
      ? ""
      : [
          "**Not compared, or doubtful:**",
          ...findings
            .slice(0, mostFindings)
            .map(({ message, source, file }) => `- ${code(source?.file ?? file ?? "?")} ${inline(message)}`),
          ...(findings.length > mostFindings
            ? [`- and ${findings.length - mostFindings} more, in the terminal and in JSON`]
            : []),
        ].join("\n"),
  ]
    .filter((text) => text !== "")
    .join("\n\n");
}

function reviewersText(reviewers: DiffReport["summary"]["reviewers"]): string {
  if (reviewers.length === 0) return "";
  const told = reviewers
    .slice(0, mostReviewers)
    .map(({ reviewer, lines }) => `**${inline(reviewer)}** (${countsInWords(lines)})`);
  const more = reviewers.length > mostReviewers ? [`and ${reviewers.length - mostReviewers} more`] : [];
  return `Should look: ${[...told, ...more].join(", ")}.`;
}
