import type { ObjectChange } from "../../comparison/tree-comparison.ts";
import { changedObjects } from "../changed-objects.ts";
import type { Consequence } from "../consequence.ts";
import { counted, distinct, inWords } from "../words.ts";
import { clusterScope } from "./policy-scope.ts";

/** What is said of one policy. */
export interface ToldPolicy {
  readonly rule: Consequence["rule"];
  readonly policy: string;
  /** `begins` of one, `begin` of several. */
  readonly one: string;
  readonly many: string;
  /** The rest of the sentence. */
  readonly rest: string;
  readonly details: readonly string[];
  /** Where it matters. */
  readonly places: readonly string[];
  readonly changes: readonly ObjectChange[];
}

/** Policies of which the same is said, as one: a hundred of them begin to refuse when an environment does. */
export function foldedPolicies(
  environment: string,
  told: readonly ToldPolicy[],
  teams: ReadonlyMap<string, string>,
): readonly Consequence[] {
  const groups = Map.groupBy(told, ({ rule, rest, one }) => `${rule} ${one} ${rest}`);
  return [...groups.values()].flatMap((members): Consequence[] => {
    const [first] = members;
    if (first === undefined) return [];
    const names = distinct(members.map(({ policy }) => policy));
    const places = distinct(members.flatMap((member) => member.places));
    const all = distinct(teams.values());
    const touched = places.includes(clusterScope) ? all : distinct(places.flatMap((place) => teams.get(place) ?? []));
    const several = names.length > 1;
    return [
      {
        rule: first.rule,
        environment,
        ...(touched.length === 0 ? {} : { concerns: touched }),
        subject:
          names.length > 4
            ? counted(names.length, "policy", "policies")
            : `${several ? "policies" : "policy"} ${inWords(names)}`,
        text: `${several ? first.many : first.one}${first.rest === "" ? "" : ` ${first.rest}`}`,
        details: several
          ? members
              .flatMap(({ policy, details }) =>
                details.length === 0 ? [policy] : details.map((line) => `${policy}: ${line}`),
              )
              .sort()
          : first.details,
        ...changedObjects(members.flatMap(({ changes }) => changes)),
      },
    ];
  });
}
