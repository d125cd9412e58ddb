import { textAt, textMapAt } from "@plinth/core";
import type { ObjectChange, TreeComparison } from "../../comparison/tree-comparison.ts";
import { changesOf } from "../changed-objects.ts";
import { distinct, inWords } from "../words.ts";
import {
  type Action,
  actions,
  bindingKind,
  type JudgingPolicy,
  judgingPolicies,
  kyvernoKinds,
  nativeKind,
  policyName,
  samenessKey,
  selectorsIn,
} from "./judging-policies.ts";
import { expressionChange, type PolicyContent } from "./policy-content.ts";
import { describePlaces, type Namespaces, namespacesFor } from "./policy-scope.ts";
import { verdictChanges } from "./sample-verdicts.ts";
import type { ToldPolicy } from "./told-policy.ts";

/** What policies that judge do otherwise: Kyverno's, and those of the API server with their bindings. */
export function judgingChanges(comparison: TreeComparison, environment: string): readonly ToldPolicy[] {
  const changes = Map.groupBy(
    changesOf(comparison, environment, ...kyvernoKinds, nativeKind, bindingKind),
    policyOfChange,
  );
  if (changes.size === 0) return [];
  const selectors = [comparison.before, comparison.after].flatMap((tree) => selectorsIn(tree, environment));
  const namespaces = {
    before: namespacesFor(comparison.before, environment, selectors),
    after: namespacesFor(comparison.after, environment, selectors),
  };
  const isAsked = (kind: string, name: string): boolean => changes.has(`${kind} ${name}`);
  const was = judgingPolicies(comparison.before, environment, isAsked, namespaces.before);
  const is = judgingPolicies(comparison.after, environment, isAsked, namespaces.after);
  const shared = placesOnBothSides(comparison, environment, namespaces);
  const renamed = renamedKeys(was, is);
  return distinct([...was.keys(), ...is.keys()]).flatMap((key): readonly ToldPolicy[] => {
    if (renamed.has(key)) return [];
    const pair = { before: was.get(key), after: is.get(key), changes: changes.get(key) ?? [] };
    return [...actionChanges(pair, shared), ...contentChanges(comparison, environment, pair)];
  });
}

interface PolicyPair {
  readonly before: JudgingPolicy | undefined;
  readonly after: JudgingPolicy | undefined;
  readonly changes: readonly ObjectChange[];
}

function policyOfChange({ before, after }: ObjectChange): string {
  const resource = (after ?? before)?.resource;
  if (resource === undefined) return "";
  if (resource.kind === "ValidatingAdmissionPolicyBinding")
    return `ValidatingAdmissionPolicy ${textAt(resource, "spec", "policyName")}`;
  const { kind, metadata } = resource;
  return `${kind} ${kind === "ValidatingAdmissionPolicy" ? metadata.name : policyName(metadata.name)}`;
}

/** A namespace that comes or goes has its policies from the beginning to the end: nothing begins or ends for anybody. */
function placesOnBothSides(
  { before, after }: TreeComparison,
  environment: string,
  namespaces: { readonly before: Namespaces; readonly after: Namespaces },
): (place: string) => boolean {
  const declared = [before, after].map(
    (tree) => new Set(tree.objectsIn(environment, "Namespace").map(({ resource }) => resource.metadata.name)),
  );
  const [was, is] = declared;
  return (place) =>
    was?.has(place) === is?.has(place) &&
    (place === "" || namespaces.before.has(place) === namespaces.after.has(place));
}

/** Policies of one side that stand on the other under another name. */
function renamedKeys(
  was: ReadonlyMap<string, JudgingPolicy>,
  is: ReadonlyMap<string, JudgingPolicy>,
): ReadonlySet<string> {
  const gone = new Map([...was].flatMap(([key, policy]) => (is.has(key) ? [] : [[samenessKey(policy), key] as const])));
  return new Set(
    [...is].flatMap(([key, policy]) => {
      const old = was.has(key) ? undefined : gone.get(samenessKey(policy));
      return old === undefined ? [] : [key, old];
    }),
  );
}

interface Step {
  readonly rule: ToldPolicy["rule"];
  readonly one: string;
  readonly many: string;
}

/** What it is called when an action takes the place of another; said of the stricter side first, and the other way round of the looser. */
function stepBetween(was: Action, is: Action): Step | undefined {
  const stricter = actions.indexOf(is) > actions.indexOf(was);
  const [low, high] = stricter ? [was, is] : [is, was];
  const begin = (rule: ToldPolicy["rule"], what: string): Step => ({
    rule,
    one: `begins to ${what}`,
    many: `begin to ${what}`,
  });
  const stop = (rule: ToldPolicy["rule"], what: string): Step => ({ rule, one: `stops ${what}`, many: `stop ${what}` });
  if (was === is) return undefined;
  if (high === "Deny")
    return stricter ? begin("policy-begins-to-refuse", "refuse") : stop("policy-stops-refusing", "refusing");
  if (low === "nothing")
    return stricter ? begin("policy-begins-to-report", "report") : stop("policy-stops-reporting", "reporting");
  return stricter ? begin("policy-begins-to-warn", "warn") : stop("policy-stops-warning", "warning");
}

const doing: Readonly<Record<Action, string>> = {
  nothing: "nothing is said",
  Audit: "it is reported",
  Warn: "whoever does it is warned",
  Deny: "it is refused",
};

function actionChanges(
  { before, after, changes }: PolicyPair,
  isShared: (place: string) => boolean,
): readonly ToldPolicy[] {
  const policy = after ?? before;
  if (policy === undefined) return [];
  const places = distinct([...(before?.actionIn.keys() ?? []), ...(after?.actionIn.keys() ?? [])]).filter(isShared);
  const steps = places.flatMap((place) => {
    const was = before?.actionIn.get(place) ?? "nothing";
    const is = after?.actionIn.get(place) ?? "nothing";
    const step = stepBetween(was, is);
    return step === undefined ? [] : [{ place, was, is, step }];
  });
  return [...Map.groupBy(steps, ({ step }) => step.rule).values()].flatMap((members): ToldPolicy[] => {
    const [first] = members;
    if (first === undefined) return [];
    const where = members.map(({ place }) => place);
    const turns = Map.groupBy(members, ({ was, is }) => `${doing[is]} instead: before, ${doing[was]}`);
    return [
      {
        ...first.step,
        policy: policy.name,
        rest: describePlaces(where),
        details: [
          textMapAt(policy.strictest.metadata, "annotations")["policies.kyverno.io/title"] ?? "",
          ...[...turns].map(([text, own]) => `${describePlaces(own.map(({ place }) => place))} ${text}`),
        ].filter((line) => line !== ""),
        places: where,
        changes,
      },
    ];
  });
}

function contentChanges(
  comparison: TreeComparison,
  environment: string,
  { before, after, changes }: PolicyPair,
): readonly ToldPolicy[] {
  if (before === undefined || after === undefined) return [];
  const places = distinct(after.actionIn.keys());
  const said = (rule: ToldPolicy["rule"], verb: string, rest: string, details: readonly string[] = []): ToldPolicy => {
    const [first = "", ...others] = verb.split(" ");
    const plural = [first.replace(/s$/, ""), ...others].join(" ");
    return { rule, policy: after.name, one: verb, many: plural, rest, details, places, changes };
  };
  const was = before.content;
  const is = after.content;
  const more = distinct(is.match).filter((text) => !was.match.has(text));
  // What it says follows what it asks.
  const otherwise = judgesOtherwise(comparison, environment, before, after, said);
  const less = distinct(was.match).filter((text) => !is.match.has(text));
  return [
    ...(more.length === 0
      ? []
      : [said("policy-judges-more", "looks also at", inWords(more), more.length > 6 ? more : [])]),
    ...(less.length === 0
      ? []
      : [said("policy-judges-less", "looks no longer at", inWords(less), less.length > 6 ? less : [])]),
    ...(otherwise.length > 0 ? otherwise : messageChanges(was, is, said)),
    ...(before.strictestAction === after.strictestAction ? failureChanges(was, is, said) : []),
  ];
}

type Say = (rule: ToldPolicy["rule"], verb: string, rest: string, details?: readonly string[]) => ToldPolicy;

function judgesOtherwise(
  comparison: TreeComparison,
  environment: string,
  before: JudgingPolicy,
  after: JudgingPolicy,
  said: Say,
): readonly ToldPolicy[] {
  const change = expressionChange(before.content, after.content);
  if (change === undefined) return [];
  const place = [...after.actionIn.keys()].find((name) => before.actionIn.has(name));
  const { refused, passed } =
    place === undefined
      ? { refused: [], passed: [] }
      : verdictChanges(comparison, environment, {
          name: after.name,
          before: before.strictest,
          after: after.strictest,
          place,
        });
  const details = [
    ...change.places.map((expression) => `in ${expression}`),
    ...change.details,
    ...refused.map((sample) => `finds fault with ${sample}`),
    ...passed.map((sample) => `lets pass ${sample}`),
  ];
  // Values that somebody chose say more than where they stand.
  const parts =
    change.details.length > 0 && change.details.length <= 3 ? change.details.join(", ") : inWords(change.places);
  if (refused.length > 0 && passed.length === 0)
    return [said("policy-stricter", "judges more strictly", `(${parts})`, details)];
  if (passed.length > 0 && refused.length === 0)
    return [said("policy-looser", "judges less strictly", `(${parts})`, details)];
  return [said("policy-judges-otherwise", "judges otherwise", `(${parts})`, details)];
}

function messageChanges(was: PolicyContent, is: PolicyContent, said: Say): readonly ToldPolicy[] {
  const changed = distinct([...was.messages.keys(), ...is.messages.keys()]).filter(
    // A validation that comes or goes is told as that.
    (key) => was.messages.has(key) && is.messages.has(key) && was.messages.get(key) !== is.messages.get(key),
  );
  return changed.length === 0
    ? []
    : [
        said(
          "policy-message-changed",
          "says it otherwise",
          "",
          changed.map((key) => is.messages.get(key) ?? ""),
        ),
      ];
}

function failureChanges(was: PolicyContent, is: PolicyContent, said: Say): readonly ToldPolicy[] {
  return [
    ...(was.failurePolicy === is.failurePolicy
      ? []
      : [
          is.failurePolicy === "Fail"
            ? said("policy-fails-closed", "refuses everything while its webhook is away", "")
            : said("policy-fails-open", "lets everything pass while its webhook is away", ""),
        ]),
    ...(was.timeout === is.timeout
      ? []
      : [
          said(
            "policy-timeout-changed",
            "is waited for",
            `${secondsOf(is.timeout)} instead of ${secondsOf(was.timeout)}`,
          ),
        ]),
  ];
}

/** https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#timeouts */
function secondsOf(timeout = 10): string {
  return `${timeout} seconds`;
}
