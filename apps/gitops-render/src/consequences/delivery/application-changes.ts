import { fieldAt, isRecord, listAt, textAt, textsAt } from "@plinth/core";
import type { ObjectChange, TreeComparison, TreeObject } from "../../comparison/tree-comparison.ts";
import { leafChanges } from "../whole/leaf-changes.ts";
import { listed, without } from "../whole/pairs.ts";
import { toldChanges } from "../whole/told-changes.ts";
import { type Whole, wholeIn } from "../whole/whole.ts";
import type { Said } from "./together.ts";

/** What Argo CD delivers, from where, to where and how. */
export function applicationChanges(comparison: TreeComparison, environment: string): readonly Said[] {
  const whole = wholeIn(comparison, environment);
  return toldChanges(comparison, environment, "argoproj.io/Application").flatMap((change) => {
    const object = change.after ?? change.before;
    if (object === undefined || delivers(whole, object)) return [];
    const owner = ownerOf(object);
    return changesOf(change).map((said): Said => ({ ...said, ...owner, change, name: object.resource.metadata.name }));
  });
}

/** True for the application of a team or a service that comes or goes as a whole. */
function delivers(whole: Whole, object: TreeObject): boolean {
  const { team, service } = ownerOf(object);
  if (team !== undefined && whole.ownsTeam(team)) return true;
  return service !== undefined && whole.ownsService(service);
}

/** Whose folder it delivers: `application/<environment>/<team>/<service>`. */
function ownerOf({ resource, entry }: TreeObject): { readonly team?: string; readonly service?: string } {
  const [, team, service] =
    /(?:^|\/)application\/[^/]+\/([^/]+)\/([^/]+)\/?$/.exec(textAt(resource, "spec", "source", "path")) ?? [];
  const found = { team: entry.team ?? team, service: entry.service ?? (service === "_team" ? undefined : service) };
  return {
    ...(found.team === undefined ? {} : { team: found.team }),
    ...(found.service === undefined ? {} : { service: found.service }),
  };
}

type Words = Pick<Said, "rule" | "text" | "details">;

function changesOf({ before, after }: ObjectChange): readonly Words[] {
  if (before === undefined || after === undefined) {
    const spec = fieldAt((after ?? before)?.resource, "spec");
    const source = `${sourceText(spec)} to ${destinationText(spec)}`;
    return before === undefined
      ? [{ rule: "application-added", text: "delivers from now on", details: [source] }]
      : [{ rule: "application-removed", text: "delivers no more", details: [source] }];
  }
  const [was, is] = [before, after].map(({ resource }) => fieldAt(resource, "spec"));
  return [
    ...sourceChange(was, is),
    ...different(destinationText(was), destinationText(is), "delivery-destination-changed", "delivers to"),
    ...different(textAt(was, "project"), textAt(is, "project"), "delivery-project-changed", "is of the project"),
    ...syncChanges(fieldAt(was, "syncPolicy"), fieldAt(is, "syncPolicy")),
    ...ignoredChanges(listAt(was, "ignoreDifferences"), listAt(is, "ignoreDifferences")),
    ...otherChanges(before, after),
  ];
}

function different(was: string, is: string, rule: Said["rule"], does: string): readonly Words[] {
  return was === is ? [] : [{ rule, text: `${does} ${is}, not ${was}` }];
}

/** Only what differs of a source is said: it may differ alike for many. */
function sourceChange(was: unknown, is: unknown): readonly Words[] {
  if (sourceText(was) === sourceText(is)) return [];
  const parts = [
    ["repository", "repoURL"],
    ["revision", "targetRevision"],
    ["folder", "path"],
    ["chart", "chart"],
  ] as const;
  const clauses = parts.flatMap(([word, field]) => {
    const [from, to] = [was, is].map((spec) => textAt(spec, "source", field));
    return from === to ? [] : [`the ${word} ${to || "(none)"}, not ${from || "(none)"}`];
  });
  const text = clauses.length === 0 ? `${sourceText(is)}, not ${sourceText(was)}` : listed(clauses);
  return [{ rule: "delivery-source-changed", text: `reads ${text}` }];
}

function sourceText(spec: unknown): string {
  const sources = isRecord(fieldAt(spec, "source")) ? [fieldAt(spec, "source")] : listAt(spec, "sources");
  return listed(
    sources.map((source) => {
      const where = textAt(source, "path") || textAt(source, "chart");
      return `${where || "everything"} of ${textAt(source, "repoURL")} at ${textAt(source, "targetRevision") || "HEAD"}`;
    }),
  );
}

function destinationText(spec: unknown): string {
  const cluster = textAt(spec, "destination", "name") || textAt(spec, "destination", "server");
  return `${textAt(spec, "destination", "namespace") || "any namespace"} in ${cluster}`;
}

function isAutomatic(policy: unknown): boolean {
  const automated = fieldAt(policy, "automated");
  return automated !== undefined && automated !== null && fieldAt(automated, "enabled") !== false;
}

function syncChanges(was: unknown, is: unknown): readonly Words[] {
  if (isAutomatic(was) !== isAutomatic(is)) {
    const [from, to] = [was, is].map((policy) =>
      ["prune", "selfHeal"].filter((field) => fieldAt(policy, "automated", field) === true),
    );
    const details = [...(from ?? []), ...(to ?? [])].map((field) => automaticWords[field] ?? field);
    return isAutomatic(is)
      ? [{ rule: "sync-automated", text: "is synced by itself", details }]
      : [{ rule: "sync-by-hand", text: "waits for somebody to sync it", details }];
  }
  const on = (policy: unknown, field: string): boolean => fieldAt(policy, "automated", field) === true;
  return [
    ...(on(was, "prune") === on(is, "prune")
      ? []
      : [
          on(is, "prune")
            ? { rule: "pruning-on" as const, text: "deletes what leaves the repository" }
            : { rule: "pruning-off" as const, text: "leaves what leaves the repository" },
        ]),
    ...(on(was, "selfHeal") === on(is, "selfHeal")
      ? []
      : [
          on(is, "selfHeal")
            ? { rule: "self-heal-on" as const, text: "undoes changes by hand" }
            : { rule: "self-heal-off" as const, text: "leaves changes by hand" },
        ]),
  ];
}

const automaticWords: Readonly<Record<string, string>> = {
  prune: "what leaves the repository is deleted",
  selfHeal: "changes by hand are undone",
};

function ignoredChanges(was: readonly unknown[], is: readonly unknown[]): readonly Words[] {
  const [before, after] = [was.map(ignoredText), is.map(ignoredText)];
  return [
    ...without(after, before).map(
      (text): Words => ({ rule: "difference-ignored", text: `does not see any more ${text}` }),
    ),
    ...without(before, after).map((text): Words => ({ rule: "difference-seen", text: `sees again ${text}` })),
  ];
}

function ignoredText(ignored: unknown): string {
  const fields = [
    ...textsAt(ignored, "jsonPointers"),
    ...textsAt(ignored, "jqPathExpressions"),
    ...textsAt(ignored, "managedFieldsManagers").map((manager) => `what ${manager} manages`),
  ];
  const name = textAt(ignored, "name");
  return `${listed(fields)} of ${textAt(ignored, "kind")}${name === "" ? "" : ` ${name}`}`;
}

/** What else is set. */
function otherChanges(before: TreeObject, after: TreeObject): readonly Words[] {
  const [was, is] = [before, after].map((object) => restOf(object));
  const options = without(is?.options ?? [], was?.options ?? []);
  const gone = without(was?.options ?? [], is?.options ?? []);
  const fields = leafChanges(was?.rest, is?.rest, "spec").map(
    ({ path, before: from, after: to }) => `${path}: ${to}, not ${from}`,
  );
  if (options.length + gone.length + fields.length === 0) return [];
  const clauses = [
    ...(options.length === 0 ? [] : [`with ${listed(options)}`]),
    ...(gone.length === 0 ? [] : [`without ${listed(gone)}`]),
  ];
  const text = clauses.length === 0 ? "is synced in another way" : `is synced ${listed(clauses)}`;
  return [{ rule: "sync-options-changed", text, details: fields }];
}

const toldFields: ReadonlySet<string> = new Set([
  "source",
  "sources",
  "destination",
  "project",
  "ignoreDifferences",
  "syncPolicy",
]);
const toldPolicies: ReadonlySet<string> = new Set(["automated", "syncOptions"]);

function restOf({ resource }: TreeObject): { readonly options: readonly string[]; readonly rest: unknown } {
  const spec = fieldAt(resource, "spec");
  const policy = Object.entries(recordAt(spec, "syncPolicy")).filter(([field]) => !toldPolicies.has(field));
  const others = Object.entries(isRecord(spec) ? spec : {}).filter(([field]) => !toldFields.has(field));
  return {
    options: [
      ...textsAt(spec, "syncPolicy", "syncOptions"),
      ...(fieldAt(spec, "syncPolicy", "automated", "allowEmpty") === true ? ["allowEmpty"] : []),
      ...textsAt(resource.metadata, "finalizers").map((name) => `the finalizer ${name}`),
    ],
    rest: { ...Object.fromEntries(others), syncPolicy: Object.fromEntries(policy) },
  };
}

function recordAt(value: unknown, field: string): Readonly<Record<string, unknown>> {
  const found = fieldAt(value, field);
  return isRecord(found) ? found : {};
}
