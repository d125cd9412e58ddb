import type { ConsequenceRisk } from "../../consequences/rules/consequence-rule.ts";
import type { DiffReport, ReportedConsequence } from "../diff-report.ts";
import { fieldDiff } from "../line-diff.ts";
import {
  counted,
  countsInWords,
  firstOf,
  isEmptyReport,
  objectsInWords,
  remarksOf,
  sentenceOf,
  unspokenKinds,
} from "../report-words.ts";
import { wrap } from "./wrap.ts";

export type Style = ConsequenceRisk | "quiet";

/** How a report is shown where a person looks. */
export interface TerminalLook {
  /** Columns of the terminal; left out, each consequence is one line, as `grep` likes it. */
  readonly width?: number;
  /** Colours a text. @default no colours */
  readonly paint?: (style: Style, text: string) => string;
  /** What a consequence follows from, and what changed in each object. @default false */
  readonly details?: boolean;
}

interface Row {
  readonly risk: ConsequenceRisk | "-";
  readonly where: string;
  readonly domain: string;
  readonly sentence: string;
  readonly tail: string;
  readonly details: readonly string[];
}

/** The lines of a report, the worst first. */
export function terminalReport(report: DiffReport, look: TerminalLook = {}): readonly string[] {
  const { before, after } = report;
  if (isEmptyReport(report)) return [`${before} and ${after} say the same: nothing changes.`];
  const rows = rowsOf(report);
  const whereWidth = Math.max(...rows.map(({ where }) => where.length), 3);
  const domainWidth = Math.max(...rows.map(({ domain }) => domain.length), 5);
  return [
    ...rows.flatMap((row) => rowLines(row, whereWidth, domainWidth, look)),
    ...(look.details === true ? objectLines(report, look) : []),
    lastLine(report),
  ];
}

function rowsOf(report: DiffReport): readonly Row[] {
  const unspoken = unspokenKinds(report.objects);
  const { unspoken: count } = report.summary.objects;
  return [
    ...report.consequences.map((line) => ({
      risk: line.risk,
      where: line.where === "all environments" ? "all" : line.where,
      domain: line.domain,
      sentence: sentenceOf(line),
      tail: tailOf(line),
      details: line.details,
    })),
    ...(unspoken.length === 0
      ? []
      : [remark("-", `${counted(count, "object")} changed in ways that no rule speaks of:`, "other")]),
    ...unspoken.map(({ change, kind, component, count: some, names }) =>
      remark(
        "-",
        `  ${kind}${component === "" ? "" : ` of ${component}`}: ${some} ${change} (${firstOf(names, 3)})`,
        "other",
      ),
    ),
    ...remarksOf(report).map((sentence) => remark("none", sentence, "")),
  ];
}

function remark(risk: Row["risk"], sentence: string, domain: string): Row {
  return { risk, where: risk === "none" ? "all" : "", domain, sentence, tail: "", details: [] };
}

function tailOf({ sources, reviewers }: ReportedConsequence): string {
  return `${firstOf(sources, 1)} → ask ${firstOf(reviewers, 4)}`.trimStart();
}

function rowLines(row: Row, whereWidth: number, domainWidth: number, look: TerminalLook): readonly string[] {
  const paint = look.paint ?? ((_: Style, text: string) => text);
  const risk = paint(row.risk === "-" ? "quiet" : row.risk, row.risk.padEnd(8));
  const head = `${risk}  ${row.where.padEnd(whereWidth)}  ${row.domain.padEnd(domainWidth)}  `;
  const indent = 8 + 2 + whereWidth + 2 + domainWidth + 2;
  const blanks = " ".repeat(indent);
  const details = look.details === true ? row.details.map((detail) => paint("quiet", `${blanks}· ${detail}`)) : [];
  const tail = row.tail === "" ? "" : paint("quiet", row.tail);
  const { width } = look;
  // Below 60 columns for the sentence nothing is gained by breaking it.
  const room = width === undefined ? undefined : Math.max(width - indent, 60);
  const whole = `${row.sentence}${row.tail === "" ? "" : `   ${row.tail}`}`;
  if (room === undefined || whole.length <= room)
    return [`${head}${row.sentence}${tail === "" ? "" : `   ${tail}`}`.trimEnd(), ...details];
  const [first = "", ...rest] = wrap(row.sentence, room);
  return [
    `${head}${first}`,
    ...rest.map((line) => `${blanks}${line}`),
    ...(tail === "" ? [] : [`${blanks}${tail}`]),
    ...details,
  ];
}

function objectLines({ objects }: DiffReport, look: TerminalLook): readonly string[] {
  const paint = look.paint ?? ((_: Style, text: string) => text);
  return objects.flatMap(({ change, kind, component, where, names, fields }) => [
    "",
    `${change} ${kind} ${firstOf(names, 5)} (${component === "" ? "" : `${component}, `}${where})`,
    ...fields.flatMap(fieldDiff).map((line) => paint("quiet", `  ${line}`)),
  ]);
}

function lastLine({ before, after, summary }: DiffReport): string {
  const parts = [
    summary.consequences === 0 ? "no consequence" : countsInWords(summary.lines),
    objectsInWords(summary.objects),
  ].filter((part) => part !== "");
  return `  ${before} → ${after}: ${parts.join("; ")}`;
}
