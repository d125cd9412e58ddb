import { createHash } from "node:crypto";
import type { ObjectChange, TreeComparison, TreeObject } from "../comparison/tree-comparison.ts";
import type { Consequence } from "../consequences/consequence.ts";
import {
  type FoldedConsequence,
  foldConsequences,
  type RatedConsequence,
  rate,
} from "../consequences/folding/fold-consequences.ts";
import { environmentsInWords, ownersInWords } from "../consequences/folding/told-of.ts";
import { reviewersOf } from "../consequences/reviewers/reviewers-of.ts";
import { guardedEnvironments } from "../consequences/risk/guarded-environments.ts";
import { ruleOf } from "../consequences/risk/rule-of.ts";
import { cleanText } from "./clean-text.ts";
import type { DiffReport, ReportedConsequence, ReportedMember } from "./diff-report.ts";
import { describeFilter, isAskedFor, isObjectShown, isShown, noFilter, type ReportFilter } from "./report-filter.ts";
import { describeObject, distinct, reportObjects, sourceOf } from "./report-objects.ts";
import { summarize } from "./report-summary.ts";
import { safeFinding, safeText } from "./safe-text.ts";

/**
 * Everything that a reader is told about two trees. Nothing gets lost: each consequence is a member of one line, each changed object in one group, and what
 * filters leave out is counted.
 *
 * @param filter @default everything
 * @example
 * const comparison = compareTrees(treeOfFiles("main", new Map()), treeOfFiles("the model", new Map()));
 * buildReport(comparison, readConsequences(comparison).consequences).summary.risk; // "none"
 */
export function buildReport(
  comparison: TreeComparison,
  consequences: readonly Consequence[],
  filter: ReportFilter = noFilter,
): DiffReport {
  const { environments, before, after } = comparison;
  const guarded = guardedEnvironments(comparison);
  const rated = rate(consequences, guarded);
  const shown = rated.filter((each) => isAskedFor(filter, each) && isShown(filter, each));
  const changes = comparison.changes.filter(({ kind }) => kind !== "generated-only");
  const shownChanges = changes.filter((change) => isObjectShown(filter, change));
  const known = changedObjects(changes);
  const lines = foldConsequences(shown, environments).map((folded) => reportLine(folded, environments, known));
  const objects = reportObjects(shownChanges, environments, spokenOf(rated));
  const generated = comparison.changes.filter(({ kind }) => kind === "generated-only");
  return {
    version: 1,
    before: cleanText(before.name),
    after: cleanText(after.name),
    environments: environments.map((name) => ({
      name,
      guarded: guarded.has(name),
      ...(before.environments.includes(name) ? {} : { change: "added" as const }),
      ...(after.environments.includes(name) ? {} : { change: "removed" as const }),
    })),
    summary: summarize(lines, objects),
    consequences: lines,
    objects,
    generatedOnly: distinct(generated.flatMap((change) => (change.after ?? change.before)?.path ?? []).map(cleanText)),
    documents: comparison.documents.flatMap(({ path, kind, linesAdded, linesRemoved }) =>
      kind === "generated-only" ? [] : [{ path: cleanText(path), change: kind, linesAdded, linesRemoved }],
    ),
    renamed: comparison.renamedEnvironments.map((each) => ({ before: each.before, after: each.after })),
    hidden: {
      filters: describeFilter(filter),
      consequences: rated.length - shown.length,
      objects: changes.length - shownChanges.length,
    },
    findings: comparison.findings().map(safeFinding),
  };
}

/** Changed objects by environment and identity. */
type ChangedObjects = ReadonlyMap<string, TreeObject>;

function changedObjects(changes: readonly ObjectChange[]): ChangedObjects {
  return new Map(
    changes.flatMap(({ environment, before, after }) => {
      const object = after ?? before;
      return object === undefined ? [] : [[`${environment ?? ""}\u0000${object.identity}`, object] as const];
    }),
  );
}

function spokenOf(consequences: readonly Consequence[]): (change: ObjectChange) => boolean {
  const identities = new Map<string, Set<string>>();
  const everywhere = new Set<string>();
  for (const { environment, objects } of consequences) {
    const here = identities.get(environment) ?? new Set();
    identities.set(environment, here);
    for (const identity of objects) {
      here.add(identity);
      everywhere.add(identity);
    }
  }
  return ({ environment, before, after }) => {
    const identity = (after ?? before)?.identity ?? "";
    return environment === undefined ? everywhere.has(identity) : (identities.get(environment)?.has(identity) ?? false);
  };
}

function reportLine(
  folded: FoldedConsequence,
  environments: readonly string[],
  known: ChangedObjects,
): ReportedConsequence {
  const { rule, risk, members } = folded;
  const subject = safeText(folded.subject);
  const text = safeText(folded.text);
  const owners = ownersInWords(members, `${subject} ${text}`);
  return {
    fingerprint: fingerprintOf([rule, subject, text, ...folded.environments]),
    rule,
    domain: ruleOf(rule).domain,
    risk,
    environments: folded.environments,
    where: environmentsInWords(folded.environments, environments),
    ...(owners === "" ? {} : { owners }),
    teams: distinct(members.flatMap(({ team }) => team ?? [])),
    services: distinct(members.flatMap(({ service }) => service ?? [])),
    subject,
    text,
    details: folded.details.map(safeText),
    reviewers: reviewersOf(members),
    sources: distinct(
      members.flatMap((member) => objectsOf(member, known).flatMap((object) => sourceOf(object) ?? [])),
    ),
    members: members.map((member) => reportMember(member, known)),
  };
}

function reportMember(member: RatedConsequence, known: ChangedObjects): ReportedMember {
  const { environment, risk, team, service } = member;
  return {
    environment,
    risk,
    ...(team === undefined ? {} : { team }),
    ...(service === undefined ? {} : { service }),
    subject: safeText(member.subject),
    text: safeText(member.text),
    details: member.details.map(safeText),
    objects: distinct(objectsOf(member, known).map(describeObject)),
    files: distinct(member.files.map(cleanText)),
  };
}

function objectsOf({ environment, objects }: Consequence, known: ChangedObjects): readonly TreeObject[] {
  return objects.flatMap(
    (identity) => known.get(`${environment}\u0000${identity}`) ?? known.get(`\u0000${identity}`) ?? [],
  );
}

function fingerprintOf(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\u0000")).digest("hex").slice(0, 32);
}
