import { compareQuantities, fieldAt, parseQuantity, type Resource, textAt } from "@plinth/core";
import type { TreeComparison } from "../../comparison/tree-comparison.ts";
import type { Consequence, ConsequenceReader } from "../consequence.ts";
import { about } from "../whole/about.ts";
import { listed, sameData } from "../whole/pairs.ts";
import { toldChanges } from "../whole/told-changes.ts";
import { type Holding, holdingKinds, holdingOf, isGuarded } from "./holdings.ts";
import { immutableFieldsOf, immutableKinds } from "./immutable-fields.ts";

/** What a change means for data: what is deleted along with an object, and what cannot be changed without deleting it. */
export const dataConsequences: ConsequenceReader = (comparison) =>
  comparison.environments.flatMap((environment) => [
    ...applicationsTogether(environment, holdingChanges(comparison, environment)),
    ...immutableChanges(comparison, environment),
    ...volumeChanges(comparison, environment),
  ]);

const rules = {
  data: { comes: "data-appears", goes: "data-lost" },
  guarded: { comes: "guarded-data-appears", goes: "guarded-data-lost" },
  secret: { comes: "secret-appears", goes: "secret-lost" },
  contents: { comes: "contents-appear", goes: "contents-lost" },
} as const;

function holdingChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  return toldChanges(comparison, environment, ...holdingKinds).flatMap((change): readonly Consequence[] => {
    const { before, after } = change;
    const resource = (after ?? before)?.resource;
    const holding = resource === undefined ? undefined : holdingOf(resource);
    if (resource === undefined || holding === undefined) return [];
    const base = { ...about(environment, change), subject: subjectOf(resource) };
    if (before !== undefined && after !== undefined) {
      const [was, is] = [isGuarded(before.resource), isGuarded(after.resource)];
      // How an application is guarded follows how it is synced.
      if (was === is || followsSync(before.resource, after.resource)) return [];
      const text = is ? "is pruned after a question only" : "can be pruned without a question";
      return [
        {
          rule: is ? "removal-guard-added" : "removal-guard-removed",
          ...base,
          text,
          details: [`${holding.what} goes with it`],
        },
      ];
    }
    const kind = holding.kind === "data" && isGuarded(resource) ? "guarded" : holding.kind;
    if (before === undefined) return [{ rule: rules[kind].comes, ...base, text: "comes", details: [] }];
    return [
      {
        rule: rules[kind].goes,
        ...base,
        text: goneText(holding, kind === "guarded"),
        details: [],
      },
    ];
  });
}

/** What Argo CD asks about is said of all its applications at once. */
function applicationsTogether(environment: string, told: readonly Consequence[]): readonly Consequence[] {
  const isApplication = ({ subject, rule }: Consequence): boolean =>
    subject.startsWith("Application ") && rule.startsWith("removal-guard-");
  const groups = Map.groupBy(told.filter(isApplication), ({ rule }) => rule);
  const folded = [...groups.values()].flatMap((group): readonly Consequence[] => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group;
    return [
      {
        rule: first.rule,
        environment,
        subject: `${group.length} Applications`,
        text: first.text.replace(/^is /, "are "),
        details: group.map(({ subject }) => subject),
        objects: group.flatMap(({ objects }) => objects),
        files: group.flatMap(({ files }) => files),
      },
    ];
  });
  return [...told.filter((each) => !isApplication(each)), ...folded];
}

function followsSync(before: Resource, after: Resource): boolean {
  const isAutomatic = (resource: Resource): boolean =>
    fieldAt(resource, "spec", "syncPolicy", "automated") !== undefined;
  return before.kind === "Application" && isAutomatic(before) !== isAutomatic(after);
}

function goneText({ kind, what }: Holding, guarded: boolean): string {
  if (kind === "secret") return `is gone, and ${what} fails`;
  return `is gone, and with it ${what}${guarded ? "; Argo CD asks first" : ""}`;
}

/** `Namespace team-ml`, `Secret token in monitoring`. */
function subjectOf({ kind, metadata: { name, namespace } }: Resource): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${name} in ${namespace}`;
}

function immutableChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  return toldChanges(comparison, environment, ...immutableKinds).flatMap((change): readonly Consequence[] => {
    const { before, after } = change;
    if (before === undefined || after === undefined) return [];
    const later = new Set(immutableFieldsOf(after.resource));
    const fields = immutableFieldsOf(before.resource).filter(
      (path) => later.has(path) && !sameData(fieldAt(before.resource, ...path), fieldAt(after.resource, ...path)),
    );
    if (fields.length === 0) return [];
    return [
      {
        rule: "immutable-field-changed",
        ...about(environment, change),
        subject: subjectOf(after.resource),
        text: `must be deleted and made again: ${listed(fields.map((path) => path.join(".")))} cannot change`,
        details: [],
      },
    ];
  });
}

function volumeChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  return toldChanges(comparison, environment, "PersistentVolumeClaim").flatMap((change): readonly Consequence[] => {
    const { before, after } = change;
    const [was, is] = [before, after].map((object) =>
      parseQuantity(textAt(object?.resource, "spec", "resources", "requests", "storage")),
    );
    if (after === undefined || was === undefined || is === undefined || compareQuantities(was, is) === 0) return [];
    const [from, to] = [before, after].map((object) =>
      textAt(object?.resource, "spec", "resources", "requests", "storage"),
    );
    const grows = compareQuantities(is, was) > 0;
    return [
      {
        rule: grows ? "volume-grown" : "volume-shrunk",
        ...about(environment, change),
        subject: subjectOf(after.resource),
        text: `asks for ${to}, not for ${from}`,
        details: [],
      },
    ];
  });
}
