import { isRecord, type Resource } from "@plinth/core";

/** Numbers below a limit, the same in every run. */
export type Choose = (below: number) => number;

/** A member that nobody takes for the one that it was copied from. */
function renamed(member: unknown, name: string): unknown {
  if (!isRecord(member)) return name;
  const { metadata } = member;
  // An object within an object is known by the name in its metadata.
  return isRecord(metadata) ? { ...member, metadata: { ...metadata, name } } : { ...member, name };
}

/** A sequence of numbers that looks random: mulberry32, by its seed. */
export function chooseFrom(seed: number): Choose {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One way to change an object. */
export interface Edit {
  readonly name: string;
  /** The container with a change in it; nothing where this container offers none. */
  readonly apply: (container: unknown, choose: Choose) => unknown;
}

const entriesOf = (value: unknown): readonly [string, unknown][] => (isRecord(value) ? Object.entries(value) : []);

/** Replaces one member of a list, or one field of a map, if there is one to choose. */
function replaceOne(
  container: unknown,
  choose: Choose,
  isMeant: (value: unknown) => boolean,
  by: (value: unknown) => unknown,
): unknown {
  if (Array.isArray(container)) {
    const places = [...container.keys()].filter((place) => isMeant(container[place]));
    const chosen = places[choose(Math.max(places.length, 1))];
    return chosen === undefined
      ? undefined
      : container.map((member, place) => (place === chosen ? by(member) : member));
  }
  const entries = entriesOf(container).filter(([, value]) => isMeant(value));
  const [key, value] = entries[choose(Math.max(entries.length, 1))] ?? [];
  return key === undefined || !isRecord(container) ? undefined : { ...container, [key]: by(value) };
}

const isScalar = (value: unknown): boolean => typeof value !== "object" || value === null;

/** The ways in which somebody changes an object. */
export const edits: readonly Edit[] = [
  {
    name: "another text",
    apply: (container, choose) =>
      replaceOne(
        container,
        choose,
        (value) => typeof value === "string",
        () => `edited-${choose(1e6)}`,
      ),
  },
  {
    name: "another number",
    apply: (container, choose) =>
      replaceOne(
        container,
        choose,
        (value) => typeof value === "number",
        (value) => Number(value) + 1 + choose(9),
      ),
  },
  {
    name: "another truth",
    apply: (container, choose) =>
      replaceOne(
        container,
        choose,
        (value) => typeof value === "boolean",
        (value) => value !== true,
      ),
  },
  {
    name: "a text instead of a structure",
    apply: (container, choose) =>
      replaceOne(
        container,
        choose,
        (value) => !isScalar(value),
        () => `edited-${choose(1e6)}`,
      ),
  },
  {
    name: "one field less",
    apply: (container, choose) => {
      const entries = entriesOf(container);
      // An empty map that is left behind is a question of taste: dyff and Plinth keep it.
      if (entries.length < 2) return undefined;
      const gone = choose(entries.length);
      return Object.fromEntries(entries.filter((_entry, place) => place !== gone));
    },
  },
  {
    name: "one field more",
    apply: (container, choose) =>
      isRecord(container)
        ? { ...container, [`edited${choose(1e6)}`]: { deep: [`edited-${choose(1e6)}`, choose(9)] } }
        : undefined,
  },
  {
    name: "one member less",
    apply: (container, choose) => {
      if (!Array.isArray(container) || container.length < 2) return undefined;
      const gone = choose(container.length);
      return container.filter((_member, place) => place !== gone);
    },
  },
  {
    name: "one member more",
    apply: (container, choose) => {
      if (!Array.isArray(container) || container.length === 0) return undefined;
      const place = choose(container.length);
      const copy: unknown = structuredClone(container[place]);
      return container.toSpliced(choose(container.length + 1), 0, renamed(copy, `edited-${choose(1e6)}`));
    },
  },
  {
    name: "another unit",
    apply: (container, choose) =>
      replaceOne(
        container,
        choose,
        (value) => typeof value === "string" && /^\d+Gi$/.test(value),
        (value) => `${Number.parseInt(String(value), 10) * 1024}Mi`,
      ),
  },
  {
    name: "keys in another order",
    apply: (container) =>
      isRecord(container) ? Object.fromEntries(Object.entries(container).toReversed()) : undefined,
  },
  {
    name: "another order",
    apply: (container) => (Array.isArray(container) && container.length > 1 ? container.toReversed() : undefined),
  },
];

/** The object with one change somewhere below its identity; nothing where it offers none of that kind. */
export function editedObject(resource: Resource, edit: Edit, choose: Choose): Resource | undefined {
  const { apiVersion, kind, metadata, ...fields } = resource;
  const places = containersOf(fields);
  for (let attempt = 0; attempt < 20; attempt++) {
    const place = places[choose(places.length)] ?? [];
    const changed = changeAt(fields, place, (container) => edit.apply(container, choose));
    if (isRecord(changed)) return { apiVersion, kind, metadata, ...changed };
  }
  return undefined;
}

type Path = readonly (string | number)[];

/** Every map and list below the root. */
function containersOf(value: unknown, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((member, place) => containersOf(member, [...path, place]))];
  if (!isRecord(value)) return [];
  const inner = Object.entries(value).flatMap(([key, field]) => containersOf(field, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

function changeAt(value: unknown, [step, ...rest]: Path, change: (container: unknown) => unknown): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    const inner = changeAt(value[Number(step)], rest, change);
    return inner === undefined ? undefined : value.with(Number(step), inner);
  }
  if (!isRecord(value)) return undefined;
  const inner = changeAt(value[step], rest, change);
  return inner === undefined ? undefined : { ...value, [step]: inner };
}
