import { means } from "../../authorizer/rbac-index.ts";
import { type Subject, subjectOf } from "../../authorizer/subject.ts";
import type { Ability } from "./abilities.ts";
import type { ClusterFacts } from "./cluster-facts.ts";
import { type Identity, identityKey, isSubject } from "./identity.ts";
import type { Powers } from "./powers.ts";
import { type PowersByPlace, powersByPlace } from "./powers-by-place.ts";
import { type Means, type Step, stepsFrom } from "./techniques.ts";

/** Each identity that can be reached, with the step that first reaches it. */
export type Reached = ReadonlyMap<string, Step>;

type PowersOf = (identity: Identity) => Powers;

/** Says whom somebody can become, step after step, until nothing is new or everything is reached. */
export function identityReacher(facts: ClusterFacts, powersOf: PowersOf): (source: Powers) => Reached {
  const onNodes = accountsOnNodes(facts, powersOf);
  let withNodes: Spread | undefined;
  return (source) => {
    const own = spreadOf(facts, powersOf, source);
    if (own.advance() !== undefined || !own.reached.has("Nodes")) return own.reached;
    // Root on nodes is every ServiceAccount that runs there: worth telling when one of them leads to everything.
    const before = own.reached;
    if (withNodes === undefined) {
      withNodes = spreadOf(facts, powersOf);
      if (withNodes.take(onNodes) === undefined) withNodes.advance();
    }
    // Nearly everybody who reaches nodes reaches no more than that: what all of them reach from there is found once.
    const together = spreadOf(facts, powersOf, source, withNodes);
    for (const powers of own.controlled) together.control(powers);
    if (!withNodes.reachesEverything() && together.advance() === undefined) return before;
    const all = spreadOf(facts, powersOf, source);
    all.advance();
    const last = all.take(onNodes) ?? all.advance();
    if (last === undefined) return before;
    return new Map([...before, ...stepsTo(last, all.reached).map((step) => [identityKey(step.to), step] as const)]);
  };
}

/** Identities that somebody reaches: more with each step. */
interface Spread {
  readonly reached: Reached;
  /** The powers of those that may something. */
  readonly controlled: readonly Powers[];
  readonly means: Means;
  isReached(key: string): boolean;
  reachesEverything(): boolean;
  control(powers: Powers): void;
  /** Takes over identities; the first of them that may everything. */
  take(accounts: readonly NodeAccount[]): Step | undefined;
  /** Step by step until nothing is new; the step that first reaches everything, after which nothing is more. */
  advance(): Step | undefined;
}

/** @param base what is reached in any case, and never told */
function spreadOf(facts: ClusterFacts, powersOf: PowersOf, source?: Powers, base?: Spread): Spread {
  const sourceKey = source === undefined ? "" : identityKey(source.identity);
  const reached = new Map<string, Step>();
  const known = new Set<Identity>();
  const controlled: Powers[] = [];
  const growing = growingMeans(facts, known, base?.means);
  let everything = false;
  const control = (powers: Powers): void => {
    controlled.push(powers);
    growing.add(powers);
  };
  const isReached = (key: string): boolean => key === sourceKey || reached.has(key) || base?.isReached(key) === true;
  if (source !== undefined) control(source);
  return {
    reached,
    controlled,
    means: growing,
    isReached,
    reachesEverything: () => everything,
    control,
    take: (accounts) => {
      let all: Step | undefined;
      for (const { key, step, powers } of accounts) {
        known.add(step.to);
        if (isReached(key)) continue;
        reached.set(key, step);
        if (powers.everything) all ??= step;
        else control(powers);
      }
      everything ||= all !== undefined;
      return all;
    },
    advance: () => {
      for (let grown = true; grown; ) {
        grown = false;
        let all: Step | undefined;
        for (const step of [...stepsFrom(growing)]) {
          const key = identityKey(step.to);
          known.add(step.to);
          if (isReached(key)) continue;
          reached.set(key, step);
          const powers = powersOf(step.to);
          if (powers.everything) all ??= step;
          else if (powers.byAbility.size > 0) {
            control(powers);
            grown = true;
          }
        }
        if (all === undefined) continue;
        everything = true;
        return all;
      }
      return undefined;
    },
  };
}

/** A ServiceAccount whose token lies on a node, and the step that takes it. */
interface NodeAccount {
  readonly key: string;
  readonly step: Step;
  readonly powers: Powers;
}

function accountsOnNodes({ serviceAccounts }: ClusterFacts, powersOf: PowersOf): readonly NodeAccount[] {
  return [...serviceAccounts.values()].flat().flatMap(({ runs, mountsToken, subject }): NodeAccount[] => {
    if (!runs || !mountsToken) return [];
    const step: Step = {
      technique: "enter-pods",
      act: "takes its token from a pod on a node",
      uses: [{ who: { kind: "Nodes" }, rule: { verbs: [] } }],
      to: subject,
    };
    return [{ key: identityKey(subject), step, powers: powersOf(subject) }];
  });
}

/** What somebody can do who controls identities: more with each that is added. */
interface GrowingMeans extends Means {
  add(powers: Powers): void;
}

function growingMeans(facts: ClusterFacts, known: ReadonlySet<Identity>, base: Means | undefined): GrowingMeans {
  const byAbility = new Map<Ability, PowersByPlace>();
  const subjects: Subject[] = [];
  return {
    facts,
    has: (ability) => byAbility.has(ability) || base?.has(ability) === true,
    all: (ability, namespace) => [
      ...(byAbility.get(ability)?.all(namespace) ?? []),
      ...(base?.all(ability, namespace) ?? []),
    ],
    find: (ability, namespace, name) =>
      byAbility.get(ability)?.find(namespace, name) ?? base?.find(ability, namespace, name),
    isReached: (identity) => known.has(identity) || base?.isReached(identity) === true,
    isBound: (bound) =>
      subjects.some((subject) => bound.subjects.some((name) => means(name, subject))) || base?.isBound(bound) === true,
    add: (powers) => {
      if (isSubject(powers.identity)) subjects.push(subjectOf(powers.identity));
      for (const [ability, added] of powers.byAbility) {
        const there = byAbility.get(ability) ?? powersByPlace();
        byAbility.set(ability, there);
        for (const power of added) there.add(power);
      }
    },
  };
}

/** The steps that lead to the end of one, those first that others need. */
export function stepsTo({ to }: Step, reached: Reached): Step[] {
  const steps = new Map<string, Step>();
  const follow = (wanted: string): void => {
    const step = reached.get(wanted);
    if (step === undefined || steps.has(wanted)) return;
    for (const { who } of step.uses) follow(identityKey(who));
    steps.set(wanted, step);
  };
  follow(identityKey(to));
  return [...steps.values()];
}
