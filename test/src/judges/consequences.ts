import type { Finding, Platform, PlatformInput } from "@plinth/core";
import {
  buildReport,
  compareTrees,
  consequenceReaders,
  consequenceRules,
  readConsequences,
  type Tree,
  type TreeComparison,
} from "@plinth/gitops-render";
import type { EditCase } from "./consequences-edits.ts";
import { rulesOfUnitTests } from "./consequences-rules.ts";
import { differencesOfStyle } from "./consequences-styles.ts";
import { editCases } from "./consequences-table.ts";
import { mismatches, toldLines } from "./consequences-told.ts";
import { treeOf } from "./consequences-trees.ts";
import type { Judge } from "./judge.ts";

/**
 * Somebody edits the reference platform, and `diff` says what an expert would say of it: all of it, nothing besides, and the mirrored sentence where the change
 * is taken back. A tree that is written in another style says the same.
 */
export const consequences: Judge = {
  name: "consequences",
  purpose: "`diff` says what an expert would say of an edit, and nothing besides",
  tools: [],
  judge: async ({ definition, signal }) => {
    const base = treeOf("before", definition.input);
    if (base.findings !== undefined) return { read: "nothing", findings: base.findings };
    const findings: Finding[] = [];
    const reached = new Set<string>();
    let lines = 0;
    let slips = 0;
    for (const each of editCases) {
      // Others may work between two edits, and an interrupted run ends.
      await new Promise((next) => setImmediate(next));
      signal.throwIfAborted();
      const judged = judgeEdit(each, definition.input, base.tree, base.platform);
      findings.push(...judged.findings);
      for (const rule of judged.rules) reached.add(rule);
      lines += judged.lines;
      slips += judged.slips;
    }
    const styles = [11, 2026].map((seed) => differencesOfStyle(base.tree, seed));
    for (const path of styles.flatMap(({ differing }) => differing))
      findings.push(finding(`written in another style, ${path} is told to differ`, "the same meaning"));
    findings.push(...unreachedRules(reached));
    const files = styles.reduce((sum, style) => sum + style.files, 0);
    return {
      read: `${editCases.length} edits, ${lines} lines of ${reached.size} rules in both directions, ${slips} slips of a report, ${files} files in another style`,
      findings,
    };
  },
};

interface JudgedEdit {
  readonly findings: readonly Finding[];
  readonly rules: readonly string[];
  readonly lines: number;
  readonly slips: number;
}

function judgeEdit(each: EditCase, input: PlatformInput, before: Tree, base: Platform): JudgedEdit {
  const edited = treeOf("after", each.edit(input), base);
  if (edited.findings !== undefined) {
    const problems = edited.findings
      .slice(0, 3)
      .map((problem) => finding(`${each.what}: ${problem.message}`, "an edit that renders"));
    return { findings: problems, rules: [], lines: 0, slips: 0 };
  }
  const forward = read(compareTrees(before, edited.tree));
  const backward = read(compareTrees(edited.tree, before));
  const { told } = forward;
  const { unnoticed, count } = unnoticedSlips(each.told, told);
  return {
    findings: [
      ...mismatches(each.told, told).map((problem) => finding(`${each.what}: ${problem}`, "what an expert would say")),
      ...[...forward.problems, ...backward.problems].map((problem) =>
        finding(`${each.what}: ${problem}`, "a tree that can be read"),
      ),
      ...mirrorMismatches(forward, backward).map((problem) =>
        finding(`${each.what}: ${problem}`, "the mirrored sentence the other way round"),
      ),
      ...unnoticed.map((slip) => finding(`${each.what}: nobody notices ${slip}`, "a table that tells")),
    ],
    rules: [...forward.rules, ...backward.rules],
    lines: told.length,
    slips: count,
  };
}

interface ReadComparison {
  readonly told: readonly string[];
  readonly rules: readonly string[];
  /** Each consequence as it is said, and as it is said the other way round. */
  readonly said: readonly string[];
  readonly mirrored: readonly string[];
  readonly problems: readonly string[];
}

function read(comparison: TreeComparison): ReadComparison {
  const { consequences: all, findings } = readConsequences(comparison, consequenceReaders);
  const report = buildReport(comparison, all);
  const identity = (
    { environment, subject, team = "", service = "", objects }: (typeof all)[number],
    rule: string,
  ): string => [environment, rule, team, service, subject, ...objects.toSorted()].join(" ");
  return {
    told: toldLines(report),
    rules: [...new Set(all.map(({ rule }) => rule))],
    said: all.map((each) => identity(each, each.rule)).sort(),
    mirrored: all.map((each) => identity(each, consequenceRules[each.rule].mirror)).sort(),
    problems: [...findings, ...report.findings].map(({ message }) => message),
  };
}

function mirrorMismatches(forward: ReadComparison, backward: ReadComparison): readonly string[] {
  return [
    ...without(forward.mirrored, backward.said).map(
      (line) => `the other way round it is not told: ${line.slice(0, 200)}`,
    ),
    ...without(backward.said, forward.mirrored).map(
      (line) => `the other way round it is told besides: ${line.slice(0, 200)}`,
    ),
  ];
}

function without(some: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return some.filter((line) => {
    const place = left.indexOf(line);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

/** The judge itself is judged: a line that is missing, is there twice or has another risk has to be noticed. */
function unnoticedSlips(
  expected: readonly string[],
  told: readonly string[],
): { readonly unnoticed: readonly string[]; readonly count: number } {
  const slips = told.flatMap((line, place) => {
    const others = told.toSpliced(place, 1);
    const risk = line.startsWith("critical") ? "low" : "critical";
    return [
      { slip: `that "${line}" is missing`, lines: others },
      { slip: `that "${line}" is told twice`, lines: [...told, line] },
      { slip: `that "${line}" has another risk`, lines: [...others, line.replace(/^\w+/, risk)] },
    ];
  });
  const unnoticed = slips.filter(({ lines }) => mismatches(expected, lines).length === 0).map(({ slip }) => slip);
  return { unnoticed, count: slips.length };
}

function unreachedRules(reached: ReadonlySet<string>): readonly Finding[] {
  return Object.keys(consequenceRules).flatMap((rule) => {
    const [isReached, isListed] = [reached.has(rule), rulesOfUnitTests.has(rule)];
    if (isReached !== isListed) return [];
    return isReached
      ? [
          finding(
            `an edit reaches the rule ${rule}, which is listed as out of reach`,
            "no entry in consequences-rules.ts",
          ),
        ]
      : [finding(`no edit reaches the rule ${rule}`, "an edit that does, or an entry in consequences-rules.ts")];
  });
}

function finding(message: string, expected: string): Finding {
  return { code: "rejected-by-judge", severity: "error", message, expected };
}
