import { risks } from "../consequences/risk/consequence-risk.ts";
import type { DiffReport, ReportedConsequence, ReportedObjects, RiskCounts } from "./diff-report.ts";

/** `1 file`, `2 files`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `1 critical, 2 medium`; nothing where all are zero. */
export function countsInWords(counts: RiskCounts): string {
  return risks.flatMap((risk) => (counts[risk] === 0 ? [] : `${counts[risk]} ${risk}`)).join(", ");
}

/** `HighErrorRate of ‹service› is gone (12 services of 4 teams)` */
export function sentenceOf({ subject, text, owners }: ReportedConsequence): string {
  return [subject, text, ...(owners === undefined ? [] : [`(${owners})`])].filter((part) => part !== "").join(" ");
}

/** The first ones, and how many more there are. */
export function firstOf(texts: readonly string[], most: number): string {
  if (texts.length <= most) return texts.join(", ");
  return `${texts.slice(0, most).join(", ")} and ${texts.length - most} more`;
}

/** True where the two sides say the same, and nothing was left out. */
export function isEmptyReport(report: DiffReport): boolean {
  const { consequences, objects, generatedOnly, documents, hidden, renamed } = report;
  return (
    consequences.length + objects.length + generatedOnly.length + documents.length + renamed.length === 0 &&
    hidden.consequences + hidden.objects === 0
  );
}

/** What a report says besides its consequences, each a sentence. */
export function remarksOf(report: DiffReport): readonly string[] {
  const { generatedOnly, documents, hidden, renamed, summary } = report;
  const { moved } = summary.objects;
  const added = documents.reduce((sum, { linesAdded }) => sum + linesAdded, 0);
  const removed = documents.reduce((sum, { linesRemoved }) => sum + linesRemoved, 0);
  return [
    ...renamed.map(
      ({ before, after }) => `the environment ${before} is called ${after} now; what it holds is compared`,
    ),
    ...(moved === 0 ? [] : [`${counted(moved, "object")} moved to another file, unchanged`]),
    ...(documents.length === 0
      ? []
      : [
          `${counted(documents.length, "page or other file", "pages and other files")} differ${documents.length === 1 ? "s" : ""}: ${added} lines more, ${removed} less`,
        ]),
    ...(generatedOnly.length === 0
      ? []
      : [
          `${counted(generatedOnly.length, "file")} differ${generatedOnly.length === 1 ? "s" : ""} in generated labels, comments or formatting only`,
        ]),
    ...(hidden.filters.length === 0
      ? []
      : [
          `${hidden.filters.join(" ")} hides ${counted(hidden.consequences, "consequence")} and ${counted(hidden.objects, "changed object")}`,
        ]),
  ];
}

/** Objects of which no rule speaks, by what they are. */
export interface UnspokenKind {
  readonly change: ReportedObjects["change"];
  readonly kind: string;
  readonly component: string;
  readonly count: number;
  readonly names: readonly string[];
}

export function unspokenKinds(objects: readonly ReportedObjects[]): readonly UnspokenKind[] {
  const groups = Map.groupBy(
    objects.filter(({ spokenOf, change }) => !spokenOf && change !== "moved"),
    ({ change, kind, component }) => `${change}\u0000${kind}\u0000${component}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { change, kind, component } = first;
    const names = [...new Set(group.flatMap((each) => each.names))];
    return [{ change, kind, component, count: group.reduce((sum, { count }) => sum + count, 0), names }];
  });
}

/** `12 objects added, 3 changed`; of many changes the sum. */
export function objectsInWords({ added, removed, changed, moved }: DiffReport["summary"]["objects"]): string {
  const parts = Object.entries({ added, removed, changed, moved }).filter(([, count]) => count > 0);
  return parts
    .map(([change, count], place) => (place === 0 ? `${counted(count, "object")} ${change}` : `${count} ${change}`))
    .join(", ");
}
