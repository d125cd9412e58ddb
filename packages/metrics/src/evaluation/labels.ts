/** The labels of a series, its name among them as `__name__`. */
export type SeriesLabels = Readonly<Record<string, string>>;

/** The label that holds a series' name. */
export const nameLabel = "__name__";

// What says something about the metric and not about the series: model/schema/labels.go, IsMetadataLabel.
const metadataLabels: readonly string[] = [nameLabel, "__type__", "__unit__"];

/**
 * Labels that are compared by identity: the same set is the same object, and what is made of it is made once. An empty value is no label.
 */
export class LabelSet {
  /** The same for the same labels, whatever their order was. */
  readonly key: string;
  readonly #values: ReadonlyMap<string, string>;
  readonly #table: Map<string, LabelSet>;
  readonly #made = new Map<string, LabelSet>();
  readonly #madeFor = new WeakMap<object, LabelSet>();

  /** Only a table makes these. */
  constructor(key: string, values: ReadonlyMap<string, string>, table: Map<string, LabelSet>) {
    this.key = key;
    this.#values = values;
    this.#table = table;
  }

  /** The label's value; empty where there is none. */
  get(label: string): string {
    return this.#values.get(label) ?? "";
  }

  /** What is made of it for a part of an expression or a rule: the same each time, so it is made once. */
  once(part: object, make: () => LabelSet): LabelSet {
    const known = this.#madeFor.get(part);
    if (known !== undefined) return known;
    const made = make();
    this.#madeFor.set(part, made);
    return made;
  }

  /** Without its name and what else is the metric's. */
  withoutName(): LabelSet {
    return this.once(metadataLabels, () => this.without(metadataLabels));
  }

  without(labels: readonly string[]): LabelSet {
    return this.#remembered(`-${labels.join("\u0000")}`, () => {
      const dropped = new Set(labels);
      return [...this.#values].filter(([label]) => !dropped.has(label));
    });
  }

  only(labels: readonly string[]): LabelSet {
    return this.#remembered(`=${labels.join("\u0000")}`, () => {
      const kept = new Set(labels);
      return [...this.#values].filter(([label]) => kept.has(label));
    });
  }

  /** With other values: an empty one takes the label away. */
  with(changes: SeriesLabels): LabelSet {
    const list = Object.entries(changes);
    return this.#remembered(`+${JSON.stringify(list)}`, () => [...this.#values, ...list]);
  }

  toObject(): SeriesLabels {
    return Object.fromEntries([...this.#values].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #remembered(key: string, make: () => readonly (readonly [string, string])[]): LabelSet {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = intern(this.#table, make());
    this.#made.set(key, made);
    return made;
  }
}

/** The empty set of a new table: every other one of it is made with `with`. */
export function noLabels(): LabelSet {
  return intern(new Map<string, LabelSet>(), []);
}

function intern(table: Map<string, LabelSet>, entries: readonly (readonly [string, string])[]): LabelSet {
  const values = new Map([...new Map(entries)].filter(([, value]) => value !== ""));
  const key = JSON.stringify([...values].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  const known = table.get(key);
  if (known !== undefined) return known;
  const made = new LabelSet(key, values, table);
  table.set(key, made);
  return made;
}
