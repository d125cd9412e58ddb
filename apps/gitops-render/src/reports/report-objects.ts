import { annotationKeys, textAt } from "@plinth/core";
import type { ObjectChange, TreeObject } from "../comparison/tree-comparison.ts";
import { groupByPlaces } from "../consequences/folding/group-by-places.ts";
import { type OwnNames, withNames, withoutOwnNames } from "../consequences/folding/own-names.ts";
import { environmentsInWords } from "../consequences/folding/told-of.ts";
import { cleanText } from "./clean-text.ts";
import type { ReportedField, ReportedObjects } from "./diff-report.ts";
import { fieldTexts } from "./redaction/value-text.ts";

interface Member extends OwnNames {
  readonly change: ObjectChange;
  readonly object: TreeObject;
  readonly fields: readonly ReportedField[];
  readonly spokenOf: boolean;
}

/** The changed objects, those with the same change together: in several environments, of several services. Sorted by what is most to be read first. */
export function reportObjects(
  changes: readonly ObjectChange[],
  environments: readonly string[],
  isSpokenOf: (change: ObjectChange) => boolean,
): readonly ReportedObjects[] {
  const members = changes.flatMap((change): readonly Member[] => {
    const object = change.after ?? change.before;
    if (object === undefined || change.kind === "generated-only") return [];
    const { team, service } = object.entry;
    return [
      {
        change,
        object,
        fields: change.fields.map((field) => fieldTexts(field, object.resource.kind)),
        spokenOf: isSpokenOf(change),
        ...(change.environment === undefined ? {} : { environment: change.environment }),
        ...(team === undefined ? {} : { team }),
        ...(service === undefined ? {} : { service }),
      },
    ];
  });
  const alike = Map.groupBy(members, (member) => {
    const { change, object, fields, spokenOf } = member;
    const { apiVersion, kind } = object.resource;
    const texts = fields.flatMap(({ path, before = "\u0001", after = "\u0001" }) => [path, before, after]);
    return [
      `${spokenOf} ${change.kind} ${apiVersion}/${kind} ${object.entry.component}`,
      ...texts.map((text) => withoutOwnNames(text, member)),
    ].join("\u0000");
  });
  return [...alike.values()]
    .flatMap((group) => groupByPlaces(group, environments))
    .flatMap((group) => reported(group, environments))
    .toSorted(inOrder);
}

function reported(members: readonly Member[], environments: readonly string[]): readonly ReportedObjects[] {
  const [first] = members;
  if (first === undefined || first.change.kind === "generated-only") return [];
  const present = new Set(members.flatMap(({ environment }) => environment ?? environments));
  const where = environments.filter((environment) => present.has(environment));
  const named = (text: string): string =>
    members.length === 1 ? text : withNames(withoutOwnNames(text, first), members);
  const moved = members.flatMap(({ change }) => (change.kind === "moved" ? (change.before?.path ?? []) : []));
  return [
    {
      change: first.change.kind,
      apiVersion: cleanText(first.object.resource.apiVersion),
      kind: cleanText(first.object.resource.kind),
      component: first.object.entry.component,
      environments: where,
      where: environmentsInWords(where, environments),
      teams: distinct(members.flatMap(({ team }) => team ?? [])),
      services: distinct(members.flatMap(({ service }) => service ?? [])),
      count: members.length,
      names: distinct(members.map(({ object }) => nameOf(object))),
      files: distinct(members.map(({ object }) => cleanText(object.path))),
      ...(moved.length === 0 ? {} : { formerFiles: distinct(moved.map(cleanText)) }),
      sources: distinct(members.flatMap(({ object }) => sourceOf(object) ?? [])),
      fields: first.fields.map((field) => ({
        ...field,
        path: named(field.path),
        ...(field.before === undefined ? {} : { before: named(field.before) }),
        ...(field.after === undefined ? {} : { after: named(field.after) }),
      })),
      spokenOf: first.spokenOf,
    },
  ];
}

/** `team-backend/cart-ingress` */
function nameOf({ resource: { metadata } }: TreeObject): string {
  return cleanText(metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`);
}

/** `NetworkPolicy team-backend/cart-ingress` */
export function describeObject(object: TreeObject): string {
  return `${cleanText(object.resource.kind)} ${nameOf(object)}`;
}

/** The file that a person edits to change an object. */
export function sourceOf({ resource }: TreeObject): string | undefined {
  const source = cleanText(textAt(resource, "metadata", "annotations", annotationKeys.source));
  return source === "" ? undefined : source;
}

/** Each once, sorted. */
export function distinct(texts: Iterable<string>): readonly string[] {
  return [...new Set(texts)].sort();
}

const changeOrder = ["removed", "changed", "added", "moved"] as const;

function inOrder(a: ReportedObjects, b: ReportedObjects): number {
  return (
    Number(a.spokenOf) - Number(b.spokenOf) ||
    changeOrder.indexOf(a.change) - changeOrder.indexOf(b.change) ||
    compare(a.component, b.component) ||
    compare(a.kind, b.kind) ||
    compare(a.names[0] ?? "", b.names[0] ?? "") ||
    compare(a.where, b.where)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
