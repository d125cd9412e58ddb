import type { Power } from "./powers.ts";

/** Powers of one ability, by where they hold, in the order in which they came. */
export interface PowersByPlace {
  add(power: Power): void;
  /** The first that holds in a namespace (`""`: in the whole cluster), about an object of that name when one is given. */
  find(namespace: string, name?: string): Power | undefined;
  all(namespace: string): readonly Power[];
}

interface Numbered {
  readonly power: Power;
  readonly number: number;
}

/** No powers yet. Who controls a thousand identities is asked namespace by namespace: only what holds there is looked at. */
export function powersByPlace(): PowersByPlace {
  const inCluster: Numbered[] = [];
  const inNamespace = new Map<string, Numbered[]>();
  let count = 0;
  const firstOf = (powers: readonly Numbered[], name: string | undefined): Numbered | undefined =>
    name === undefined
      ? powers[0]
      : powers.find(({ power: { rule } }) => {
          const { resourceNames = [] } = rule;
          return resourceNames.length === 0 || resourceNames.includes(name);
        });
  return {
    add: (power) => {
      const numbered = { power, number: count++ };
      if (power.namespace === undefined) inCluster.push(numbered);
      else {
        const powers = inNamespace.get(power.namespace);
        if (powers === undefined) inNamespace.set(power.namespace, [numbered]);
        else powers.push(numbered);
      }
    },
    find: (namespace, name) => {
      const everywhere = firstOf(inCluster, name);
      const here = firstOf(inNamespace.get(namespace) ?? [], name);
      if (everywhere === undefined || here === undefined) return (everywhere ?? here)?.power;
      return everywhere.number < here.number ? everywhere.power : here.power;
    },
    all: (namespace) =>
      [...inCluster, ...(inNamespace.get(namespace) ?? [])]
        .sort((one, other) => one.number - other.number)
        .map(({ power }) => power),
  };
}
