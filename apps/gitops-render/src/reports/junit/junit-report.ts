import { getJunitXml } from "junit-xml";
import { isAtLeast } from "../../consequences/risk/consequence-risk.ts";
import type { ConsequenceRisk } from "../../consequences/rules/consequence-rule.ts";
import type { DiffReport, ReportedConsequence, ReportedMember } from "../diff-report.ts";

/** What a failure is. */
export interface JunitOptions {
  /** This risk and worse fail; `none` fails nothing. @default none */
  readonly failOn?: ConsequenceRisk;
}

/** The report as JUnit XML: a suite for each domain in each environment, a case for each consequence, failed from a risk on. */
export function junitReport(report: DiffReport, { failOn = "none" }: JunitOptions = {}): string {
  const cases = report.consequences.flatMap((line) => line.members.map((member) => ({ line, member })));
  const suites = Map.groupBy(cases, ({ line, member }) => `${line.domain} in ${member.environment}`);
  const named = [...suites].map(([name, members]) => ({
    name,
    testCases: members.map(({ line, member }) => caseOf(line, member, failOn)),
  }));
  const xml = getJunitXml(
    {
      name: `${report.before} → ${report.after}`,
      // A report without a case is read as a run that failed.
      suites: named.length > 0 ? named : [{ name: "diff", testCases: [{ name: "no consequence", classname: "diff" }] }],
    },
    // The library's other schema says <error> where a case failed.
    { schema: "ant-junit" },
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`;
}

function caseOf(
  { rule, domain, reviewers }: ReportedConsequence,
  { environment, risk, subject, text, details, files }: ReportedMember,
  failOn: ConsequenceRisk,
): Parameters<typeof getJunitXml>[0]["suites"][number]["testCases"][number] {
  const fails = failOn !== "none" && isAtLeast(risk, failOn);
  const message = [
    `${risk}: ${subject} ${text}`,
    `rule: ${rule}; ask ${reviewers.join(", ")}`,
    ...details,
    ...files,
  ].join("\n");
  return {
    name: `${subject} ${text}`.trim(),
    classname: `${domain}.${environment}`,
    ...(fails ? { failures: [{ message, type: risk }] } : {}),
    systemOut: [message],
  };
}
