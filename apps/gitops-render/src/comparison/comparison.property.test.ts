import { emitYaml, isRecord, type Resource } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { treeOfFiles } from "./build-tree.ts";
import { compareTrees } from "./compare-trees.ts";
import { fieldChanges } from "./fields/field-changes.ts";
import type { FieldChange, ObjectChange, TreeComparison } from "./tree-comparison.ts";

const word = fc.constantFrom(
  "a",
  "b",
  "c",
  "frontend",
  "cart",
  "8080",
  "yes",
  "0x1f",
  "1e3",
  "~",
  "- x",
  "a: b",
  "# c",
  "",
  " pad ",
);
const words = fc.uniqueArray(word, { maxLength: 4 });
const labels = fc.dictionary(fc.constantFrom("app", "tier", "a/b"), word, { maxKeys: 2 });

const rule = fc.record({ apiGroups: words, resources: words, verbs: words });
const peer = fc.oneof(
  fc.record({ podSelector: fc.record({ matchLabels: labels }) }),
  fc.record({ ipBlock: fc.record({ cidr: word, except: words }) }),
);
const port = fc.record({ protocol: fc.constantFrom("TCP", "UDP"), port: fc.nat(5) });
const container = fc.record({
  image: word,
  args: fc.array(word, { maxLength: 4 }),
  resources: fc.record({
    limits: fc.record({ cpu: fc.constantFrom("1", "1000m", 1, "2"), memory: fc.constantFrom("1Gi", "1024Mi") }),
  }),
});
const containers = fc
  .uniqueArray(fc.constantFrom("app", "proxy", "agent"), { maxLength: 3 })
  .chain((names) => fc.tuple(...names.map((name) => container.map((fields) => ({ name, ...fields })))));

/** Objects of kinds whose lists are known, and of one that nobody knows. */
const resource: fc.Arbitrary<Resource> = fc.oneof(
  fc.array(rule, { maxLength: 4 }).map((rules) => object("Role", { rules })),
  fc
    .array(fc.record({ from: fc.array(peer, { maxLength: 3 }), ports: fc.array(port, { maxLength: 3 }) }), {
      maxLength: 3,
    })
    .map((ingress) => object("NetworkPolicy", { spec: { ingress } })),
  containers.map((list) => object("Deployment", { spec: { template: { spec: { containers: list } } } })),
  fc
    .jsonValue({ maxDepth: 4 })
    .map((value) => object("ConfigMap", { data: { "a.json": JSON.stringify(value), other: "x" } })),
  fc.jsonValue({ maxDepth: 4 }).map((spec) => object("Example", { spec })),
);

function object(kind: string, fields: Readonly<Record<string, unknown>>): Resource {
  return { apiVersion: "v1", kind, metadata: { name: kind.toLowerCase(), namespace: "team" }, ...fields };
}

/** A number for each choice, the same for the same seed. */
function choices(seed: number): (below: number) => number {
  let state = seed || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.abs(state) % below;
  };
}

/** The same value with the keys of every map in another order. */
function shuffled(value: unknown, choose: (below: number) => number): unknown {
  if (Array.isArray(value)) return value.map((member) => shuffled(member, choose));
  if (!isRecord(value)) return value;
  const keys = Object.keys(value);
  for (let at = keys.length - 1; at > 0; at--) {
    const other = choose(at + 1);
    [keys[at], keys[other]] = [keys[other] ?? "", keys[at] ?? ""];
  }
  return Object.fromEntries(keys.map((key) => [key, shuffled(value[key], choose)]));
}

const styles: readonly ((value: unknown) => string)[] = [
  (value) => emitYaml(value),
  (value) => `# a comment\n${emitYaml(value)}# another\n`,
  (value) => JSON.stringify(value),
  (value) => `--- # in JSON\n${JSON.stringify(value, undefined, 2)}\n...\n`,
];

const pathOf = ({ kind }: Resource): string => `application/production/team/service/${kind.toLowerCase()}-x.yaml`;

const treeOf = (resources: readonly Resource[], style: (value: unknown) => string = styles[0] ?? String) =>
  treeOfFiles("a tree", new Map(resources.map((one) => [pathOf(one), style(one)])));

const resources = fc.uniqueArray(resource, { maxLength: 3, selector: ({ kind }) => kind });

/** Everything that a comparison says, as if the trees had been given in the other order. */
const mirrored = {
  added: "removed",
  removed: "added",
  changed: "changed",
  moved: "moved",
  "generated-only": "generated-only",
} as const;

const fieldText = ({ before, after, order }: FieldChange, turned: boolean): string =>
  JSON.stringify(turned ? [after ?? "none", before ?? "none", order] : [before ?? "none", after ?? "none", order]);

const changeText = ({ kind, before, after, fields }: ObjectChange, turned: boolean): string =>
  JSON.stringify([
    turned ? mirrored[kind] : kind,
    (before ?? after)?.identity,
    fields.map((field) => fieldText(field, turned)).sort(),
  ]);

const textOf = ({ changes }: TreeComparison, turned = false): readonly string[] =>
  changes.map((change) => changeText(change, turned)).sort();

describe("a comparison", () => {
  test("of a tree with itself is empty", () => {
    fc.assert(
      fc.property(resources, (list) => {
        expect(compareTrees(treeOf(list), treeOf(list))).toMatchObject({ changes: [], documents: [] });
      }),
    );
  });

  test("sees no difference in the order of keys, in comments, quotes and line breaks", () => {
    fc.assert(
      fc.property(resources, fc.integer(), fc.constantFrom(...styles), (list, seed, style) => {
        const choose = choices(seed);
        const after = treeOfFiles("b", new Map(list.map((one) => [pathOf(one), style(shuffled(one, choose))])));
        const { changes } = compareTrees(treeOf(list), after);
        expect(changes.filter(({ kind }) => kind !== "generated-only")).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("the other way round says the same the other way round", () => {
    fc.assert(
      fc.property(resources, resources, (before, after) => {
        const there = compareTrees(treeOf(before), treeOf(after));
        const back = compareTrees(treeOf(after), treeOf(before));
        expect(textOf(back)).toEqual(textOf(there, true));
      }),
      { numRuns: 200 },
    );
  });

  test("finds an edit wherever it is made", () => {
    fc.assert(
      fc.property(resource, fc.integer(), (one, seed) => {
        const other = edited(one, choices(seed));
        const found = fieldChanges(one, other);
        expect(found.length).toBeGreaterThan(0);
        expect(JSON.stringify(found)).toContain(mark);
      }),
      { numRuns: 300 },
    );
  });

  test("finds a field that is taken away", () => {
    fc.assert(
      fc.property(resource, fc.integer(), (one, seed) => {
        const edit = withoutOne(one, choices(seed));
        fc.pre(edit !== undefined);
        expect(fieldChanges(one, edit ?? one).length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});

const mark = "edited by the test";

/** The object with one value in it replaced, at any depth below its metadata. */
function edited(one: Resource, choose: (below: number) => number): Resource {
  const { apiVersion, kind, metadata, ...fields } = one;
  const changed = editedValue(fields, choose, true);
  return { apiVersion, kind, metadata, ...(isRecord(changed) ? changed : {}) };
}

function editedValue(value: unknown, choose: (below: number) => number, inside = false): unknown {
  if (!inside && choose(4) === 0) return mark;
  if (Array.isArray(value)) {
    if (value.length === 0) return [mark];
    const place = choose(value.length);
    return value.map((member, at) => (at === place ? editedValue(member, choose) : member));
  }
  if (!isRecord(value)) return mark;
  const keys = Object.keys(value);
  const key = keys[choose(keys.length)];
  return key === undefined ? { field: mark } : { ...value, [key]: editedValue(value[key], choose) };
}

/** The object without one field, below its metadata. */
function withoutOne(one: Resource, choose: (below: number) => number): Resource | undefined {
  const { apiVersion, kind, metadata, ...fields } = one;
  const keys = Object.keys(fields);
  const key = keys[choose(keys.length)] ?? "";
  const inner = fields[key];
  if (!isRecord(inner) || Object.keys(inner).length === 0) return undefined;
  const gone = Object.keys(inner)[choose(Object.keys(inner).length)];
  return {
    apiVersion,
    kind,
    metadata,
    ...fields,
    [key]: Object.fromEntries(Object.entries(inner).filter(([name]) => name !== gone)),
  };
}
