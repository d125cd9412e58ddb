import { type LabelSelector, matchesSelector } from "./label-selector.ts";

type Labels = Readonly<Record<string, string>>;

/** Finds which of many labelled things a selector matches, by their positions: through the first label that it asks for, so that most are never looked at. */
export function labelIndexOf(labelled: readonly Labels[]): (selector: LabelSelector) => readonly number[] {
  const everyone = labelled.map((_, position) => position);
  const holders = new Map<string, number[]>();
  labelled.forEach((labels, position) => {
    for (const [key, value] of Object.entries(labels)) {
      const known = holders.get(labelKey(key, value));
      if (known === undefined) holders.set(labelKey(key, value), [position]);
      else known.push(position);
    }
  });
  return (selector) => {
    const [first, ...more] = Object.entries(selector.matchLabels ?? {});
    const candidates = first === undefined ? everyone : (holders.get(labelKey(...first)) ?? []);
    if (more.length === 0 && (selector.matchExpressions ?? []).length === 0) return candidates;
    return candidates.filter((position) => matchesSelector(selector, labelled[position] ?? {}));
  };
}

function labelKey(key: string, value: string): string {
  return `${key}\u0000${value}`;
}
