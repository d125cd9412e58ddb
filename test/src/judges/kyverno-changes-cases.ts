import { type Environment, emitYaml, type Platform, type Resource } from "@plinth/core";
import {
  type CleanUp,
  cleanUpsIn,
  deletingPolicy,
  type Generation,
  generatingPolicy,
  generatorPolicies,
  type HoursAgo,
  kyvernoApply,
  kyvernoValues,
  type Mutation,
  type MutationScope,
  mutatingPolicy,
  mutationCatalog,
  mutationIn,
  type ObjectFixture,
  placedFixture,
} from "@plinth/policies";

/** What the report has to say about an object: one of these results, in one row. */
export interface ExpectedRow {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly results: readonly string[];
}

/** One policy, objects for it, and what has to come out. */
export interface ChangeCase {
  /** `production default-job-ttl` */
  readonly name: string;
  readonly policy: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly arguments: readonly string[];
  /** A row for each object that the policy is about, and for no other. */
  readonly rows: readonly ExpectedRow[];
  /** The objects that are printed; left out where nothing is. */
  readonly objects?: readonly Resource[];
  /** Names of those objects that the policy made or changed: an API server has to take them. */
  readonly changed: ReadonlySet<string>;
}

/** The file that the command line prints objects into. */
export const printedFile = "printed.yaml";

/** What a name says about an object: whether it is the one to apply. */
export function nameOf({ kind, metadata }: Pick<Resource, "kind" | "metadata">): string {
  return `${kind} ${metadata.namespace ?? ""}/${metadata.name}`;
}

/**
 * Every policy that changes, makes or deletes objects, in each environment that has it; the same policy once. `hoursAgo` counts from the moment of the run,
 * because the command line knows no other.
 */
export function changeCases(platform: Platform, hoursAgo: HoursAgo): readonly ChangeCase[] {
  const cases = new Map<string, ChangeCase>();
  for (const environment of platform.environments)
    for (const each of casesIn(platform, environment, hoursAgo)) {
      const key = JSON.stringify([each.policy, each.files]);
      if (!cases.has(key)) cases.set(key, each);
    }
  return [...cases.values()];
}

function casesIn(platform: Platform, environment: Environment, hoursAgo: HoursAgo): readonly ChangeCase[] {
  const namespaces = platform.teams.map(({ namespace }) => String(namespace)).sort();
  const { generations, mutations } = generatorPolicies(platform, environment);
  const place: Place = { platform, environment, namespaces };
  return [
    ...mutationCatalog.flatMap((mutation) => {
      const resolved = mutationIn(mutation, platform, environment);
      return resolved === undefined ? [] : [mutationCase(place, resolved, { namespaces })];
    }),
    ...mutations.map((mutation) => mutationCase(place, mutation, "by-conditions")),
    ...generations.map((generation) => generationCase(place, generation)),
    ...cleanUpsIn(platform, environment).map((cleanUp) => cleanUpCase(place, cleanUp, hoursAgo)),
  ];
}

interface Place {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly namespaces: readonly string[];
}

/** A namespace of the cluster, and one of the platform: no policy is about what is in them. */
function otherNamespaces({ platform, namespaces }: Place): readonly string[] {
  const [component] = platform.components.filter(
    ({ namespace }) => !namespaces.includes(namespace) && namespace !== "kube-system",
  );
  return ["kube-system", ...(component === undefined ? [] : [String(component.namespace)])];
}

/** What is sent, what has to be stored, and that what is stored is stored the same when it is sent again. */
function mutationCase(place: Place, mutation: Mutation, scope: MutationScope): ChangeCase {
  const [home = "default"] = place.namespaces;
  const changes = mutation.changes.map(({ before, after, namespace = home }, index) => ({
    sent: placed(before, { name: `change-${index + 1}`, namespace }),
    stored: placed(after, { name: `change-${index + 1}`, namespace }),
    again: placed(after, { name: `again-${index + 1}`, namespace }),
  }));
  const again = changes.map((change) => change.again);
  const keeps = mutation.keeps.map((fixture, index) => placed(fixture, { name: `keep-${index + 1}`, namespace: home }));
  const [first] = mutation.changes;
  const elsewhere =
    first === undefined || scope === "by-conditions"
      ? []
      : otherNamespaces(place).map((namespace) => placed(first.before, { name: "elsewhere", namespace }));
  const row = (results: readonly string[]) => (resource: Resource) => rowOf(resource, results);
  return {
    ...caseOf(place, mutation.name, mutatingPolicy(mutation, scope), [
      ...changes.map(({ sent }) => sent),
      ...again,
      ...keeps,
      ...elsewhere,
    ]),
    rows: [...changes.map(({ sent }) => sent).map(row(["pass"])), ...[...again, ...keeps].map(row(["pass", "skip"]))],
    objects: [...changes.map(({ stored }) => stored), ...again, ...keeps, ...elsewhere],
    changed: new Set(changes.map(({ stored }) => nameOf(stored))),
  };
}

/** The fixture in its place; a Namespace, whose name says something, keeps it as the beginning of its own. */
function placed(fixture: ObjectFixture, place: { readonly name: string; readonly namespace: string }): Resource {
  const { kind, metadata } = fixture.resource;
  return kind === "Namespace"
    ? namespaceNamed(`${metadata.name}-${place.name}`, metadata.labels ?? {})
    : placedFixture(fixture, place);
}

/** Everything is made for what triggers the policy, and nothing for what only looks like it. */
function generationCase(place: Place, generation: Generation): ChangeCase {
  const { trials, ignores } = generation;
  const triggers = trials.map(({ trigger }) => trigger);
  const made = trials.flatMap(({ makes }) => makes);
  return {
    ...caseOf(place, generation.name, generatingPolicy(generation), [...triggers, ...ignores]),
    rows: triggers.map((trigger) => rowOf(trigger, ["pass"])),
    objects: made,
    changed: new Set(made.map(nameOf)),
  };
}

/** What has to be deleted passes the policy, what has to stay fails it, and what is elsewhere is not looked at. */
function cleanUpCase(place: Place, cleanUp: CleanUp, hoursAgo: HoursAgo): ChangeCase {
  const [home = "default"] = place.namespaces;
  const { deletes, keeps } = cleanUp.trials(hoursAgo);
  const deleted = deletes.map((fixture, index) =>
    placedFixture(fixture, { name: `delete-${index + 1}`, namespace: home }),
  );
  const kept = keeps.map((fixture, index) => placedFixture(fixture, { name: `keep-${index + 1}`, namespace: home }));
  const [first] = deletes;
  const elsewhere =
    first === undefined || cleanUp.scope === "by-conditions"
      ? []
      : otherNamespaces(place).map((namespace) => placedFixture(first, { name: "elsewhere", namespace }));
  return {
    ...caseOf(place, cleanUp.name, deletingPolicy(cleanUp, place.namespaces), [...deleted, ...kept, ...elsewhere]),
    rows: [...deleted.map((each) => rowOf(each, ["pass"])), ...kept.map((each) => rowOf(each, ["fail"]))],
    changed: new Set(),
  };
}

function rowOf({ kind, metadata }: Resource, results: readonly string[]): ExpectedRow {
  return { kind, namespace: metadata.namespace ?? "", name: metadata.name, results };
}

function namespaceNamed(name: string, labels: Readonly<Record<string, string>>): Resource {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { ...labels, "kubernetes.io/metadata.name": name } },
  };
}

function caseOf(
  place: Place,
  policy: string,
  policyObject: Resource,
  resources: readonly Resource[],
): Pick<ChangeCase, "name" | "policy" | "files" | "arguments"> {
  const namespaces = new Set([
    ...place.namespaces,
    ...resources.flatMap(({ metadata }) => metadata.namespace ?? []),
    ...otherNamespaces(place),
  ]);
  return {
    name: `${place.environment.name} ${policy}`,
    policy,
    files: [
      { path: "policy.yaml", text: emitYaml(policyObject) },
      { path: "resources.yaml", text: resources.map((resource) => emitYaml(resource)).join("---\n") },
      {
        path: "values.yaml",
        text: emitYaml(kyvernoValues([...namespaces].sort())),
      },
    ],
    arguments: kyvernoApply("policy.yaml", "--output", printedFile),
  };
}
