import { type Danger, dangers, isEverybody } from "./dangers.ts";
import type { Holding } from "./holdings.ts";

/** What somebody comes to hold in a place, the most dangerous first; told once where several come to hold the same. */
export interface HoldingGroup {
  /** The worst of all. */
  readonly danger: Danger;
  readonly what: Holding["what"];
  /** The rest of it, less dangerous. */
  readonly others: Holding["what"];
  /** What of it was held before. */
  readonly except: readonly string[];
  /** At least one; all of them people, or all of them pods. */
  readonly members: readonly Pick<Holding, "subject" | "namespace">[];
}

/** Holdings by who has them where, and those that say the same of different people and places as one: the developers of every team when their role grows. */
export function foldHoldings(holdings: readonly Holding[]): readonly HoldingGroup[] {
  const bySubject = Map.groupBy(holdings, ({ subject, namespace }) => JSON.stringify([subject, namespace]));
  const profiles = [...bySubject.values()].flatMap((members) => {
    const sorted = [...members].sort((a, b) => dangers.indexOf(a.danger) - dangers.indexOf(b.danger));
    const [worst] = sorted;
    if (worst === undefined) return [];
    const { subject, namespace, danger } = worst;
    const said = {
      danger,
      what: sorted.filter((each) => each.danger === danger).flatMap(({ what }) => what),
      others: sorted.filter((each) => each.danger !== danger).flatMap(({ what }) => what),
      except: [...new Set(sorted.flatMap(({ except }) => except))],
    };
    const key = JSON.stringify([subject.kind, isEverybody(subject), namespace === undefined, said]);
    return [{ key, said, member: { subject, ...(namespace === undefined ? {} : { namespace }) } }];
  });
  return [...Map.groupBy(profiles, ({ key }) => key).values()].flatMap((members) => {
    const [first] = members;
    return first === undefined ? [] : [{ ...first.said, members: members.map(({ member }) => member) }];
  });
}
