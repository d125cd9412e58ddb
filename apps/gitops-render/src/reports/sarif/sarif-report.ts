import { risks } from "../../consequences/risk/consequence-risk.ts";
import type { ConsequenceDomain, ConsequenceRisk, ConsequenceRule } from "../../consequences/rules/consequence-rule.ts";
import { consequenceRules } from "../../consequences/rules/consequence-rules.ts";
import type { DiffReport, ReportedConsequence } from "../diff-report.ts";
import { sentenceOf } from "../report-words.ts";
import type { SarifLevel, SarifLocation, SarifLog, SarifResult, SarifRule } from "./sarif-log.ts";

const levels: Readonly<Record<ConsequenceRisk, SarifLevel>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  none: "none",
};

/** Domains whose results GitHub lists as alerts about security, by a number of CVSS's scale. */
const securityDomains: ReadonlySet<ConsequenceDomain> = new Set(["permissions", "network", "policies", "exceptions"]);
const severities: Readonly<Record<ConsequenceRisk, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.0",
  low: "2.0",
  none: "0.0",
};

// GitHub refuses results with more than 1,000 locations and shows 100.
const mostLocations = 100;

/** Where files stand in the repository. */
export interface SarifOptions {
  /** The rendered folder. @default rendered */
  readonly folder?: string;
}

/**
 * The report in SARIF 2.1.0: a result for each line, the worst first, at the file that a person edits, the rendered files related.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarifReport(report: DiffReport, options: SarifOptions = {}): string {
  return JSON.stringify(sarifLog(report, options), null, 2);
}

/** The same as data. */
export function sarifLog(report: DiffReport, { folder = "rendered" }: SarifOptions = {}): SarifLog {
  const rules: Readonly<Record<string, ConsequenceRule>> = consequenceRules;
  const used = [...new Set(report.consequences.map(({ rule }) => rule))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "gitops-render diff",
            rules: used.flatMap((name) => {
              const rule = rules[name];
              return rule === undefined ? [] : [descriptorOf(name, rule)];
            }),
          },
        },
        results: report.consequences.map((line) => resultOf(line, used.indexOf(line.rule), folder)),
        properties: { before: report.before, after: report.after, summary: report.summary, hidden: report.hidden },
      },
    ],
  };
}

function descriptorOf(name: string, { meaning, risk, domain }: ConsequenceRule): SarifRule {
  const security = securityDomains.has(domain);
  return {
    id: name,
    shortDescription: { text: meaning },
    fullDescription: { text: meaning },
    defaultConfiguration: { level: levels[risk] },
    properties: {
      tags: [...(security ? ["security"] : []), domain],
      ...(security ? { "security-severity": severities[risk] } : {}),
    },
  };
}

function resultOf(line: ReportedConsequence, ruleIndex: number, folder: string): SarifResult {
  const { rule, risk, fingerprint, where, reviewers, details, sources, environments, teams, services } = line;
  const rendered = [...new Set(line.members.flatMap(({ files }) => files))].sort().map((file) => `${folder}/${file}`);
  const [primary, ...others] = [...sources, ...rendered];
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[risk],
    message: {
      text: [`${sentenceOf(line)} (${risk}, ${where}; ask ${reviewers.join(", ")})`, ...details].join("\n"),
    },
    ...(primary === undefined ? {} : { locations: [locationOf(primary)] }),
    ...(others.length === 0
      ? {}
      : { relatedLocations: others.slice(0, mostLocations - 1).map((file, id) => ({ id, ...locationOf(file) })) }),
    partialFingerprints: { "consequence/v1": fingerprint },
    rank: 100 - 20 * risks.indexOf(risk),
    properties: { risk, environments, teams, services, reviewers, files: rendered.length },
  };
}

function locationOf(file: string): SarifLocation {
  return {
    physicalLocation: { artifactLocation: { uri: encodeURI(file), uriBaseId: "%SRCROOT%" }, region: { startLine: 1 } },
  };
}
