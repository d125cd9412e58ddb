import type { Environment, Finding, Platform } from "@plinth/core";
import type { PolicyRule } from "@plinth/rbac";
import type { Cluster } from "../cluster/start-cluster.ts";
import { bindingFindings } from "./rbac-bindings.ts";
import { rulesFor } from "./rbac-cluster.ts";
import { inParallel } from "./rbac-comparison.ts";
import { breaking, isWhere, type Person, type Promised, personsOf, promises } from "./rbac-promises.ts";
import { personIn } from "./rbac-questions.ts";

/** The promises that the server does not keep, one finding for each, whomever it concerns; and how many there were to keep. */
export async function promiseFindings(
  cluster: Cluster,
  platform: Platform,
  environment: Environment,
  /** What Kubernetes itself lets everybody do. */
  everybody: readonly PolicyRule[],
  signal: AbortSignal,
): Promise<{ asked: number; findings: readonly Finding[] }> {
  const namespaces = [...platform.teams.map(({ namespace }) => namespace), "kube-system"];
  const given = await rulesGiven(cluster, personsOf(platform), namespaces, everybody, signal);
  let asked = 0;
  const findings: Finding[] = [];
  for (const promise of promises) {
    if (promise.when?.(environment) === false) continue;
    const concerned = given.filter(
      ({ person, namespace }) => promise.to.includes(person.role) && isWhere(promise, person, namespace),
    );
    asked += concerned.length;
    const breaches = concerned.flatMap(({ person, namespace, rules }) =>
      breaking(promise, rules).map((rule) => ({ person, namespace, rule })),
    );
    if (breaches.length > 0) findings.push(await breachFinding(cluster, environment.name, promise, breaches));
  }
  const bindings = await bindingFindings(cluster, platform, environment);
  return { asked: asked + bindings.asked, findings: [...findings, ...bindings.findings] };
}

/** What somebody has in a namespace beyond what everybody has. */
interface Given {
  readonly person: Person;
  readonly namespace: string;
  readonly rules: readonly PolicyRule[];
}

async function rulesGiven(
  cluster: Cluster,
  persons: readonly Person[],
  namespaces: readonly string[],
  everybody: readonly PolicyRule[],
  signal: AbortSignal,
): Promise<readonly Given[]> {
  const known = new Set(everybody.map((rule) => JSON.stringify(rule)));
  const questions = persons.flatMap((person) => namespaces.map((namespace) => ({ person, namespace })));
  return await inParallel(questions, signal, async ({ person, namespace }) => {
    const rules = await rulesFor(cluster, personIn(...person.groups), namespace);
    return { person, namespace, rules: rules.filter((rule) => !known.has(JSON.stringify(rule))) };
  });
}

interface Breach {
  readonly person: Person;
  readonly namespace: string;
  readonly rule: PolicyRule | undefined;
}

// One mistake in a role shows in every team, and one in a binding in every rule.
const shown = 3;

async function breachFinding(
  cluster: Cluster,
  place: string,
  { words }: Promised,
  breaches: readonly Breach[],
): Promise<Finding> {
  const who = unique(breaches, ({ person, namespace }) => `${person.name} in ${namespace}`);
  const what = unique(breaches, ({ rule }) => (rule === undefined ? "not" : describeRule(rule)));
  const reasons = new Set<string>();
  for (const breach of [...what.values()].slice(0, shown)) reasons.add(await reasonOf(cluster, breach));
  const roles = unique(breaches, ({ person }) => person.role);
  return {
    code: "rejected-by-judge",
    severity: "error",
    message: `${place}: ${someOf(who)} may ${someOf(what)}`,
    expected: `${[...roles.keys()].join(", ")}: ${words}`,
    hint: [...reasons].join("; "),
  };
}

/** The first of each, by what it is called. */
function unique(breaches: readonly Breach[], nameOf: (breach: Breach) => string): ReadonlyMap<string, Breach> {
  const named = new Map<string, Breach>();
  for (const breach of breaches) if (!named.has(nameOf(breach))) named.set(nameOf(breach), breach);
  return named;
}

function someOf(named: ReadonlyMap<string, Breach>): string {
  const names = [...named.keys()];
  const more = names.length > shown ? ` and ${names.length - shown} more` : "";
  return `${names.slice(0, shown).join("; ")}${more}`;
}

/** The binding and the role that give it, in the server's words. */
async function reasonOf(cluster: Cluster, { person, namespace, rule }: Breach): Promise<string> {
  if (rule === undefined) return "no rule of any role that is bound to them grants it";
  const { apiGroups: [group = ""] = [], resources: [asked] = [], resourceNames: [name] = [], verbs } = rule;
  const [verb] = verbs;
  if (asked === undefined || verb === undefined) return "a rule about paths grants it";
  const [resource = "", subresource] = asked.split("/");
  const question = { ...personIn(...person.groups), verb, group, resource, namespace };
  const answer = await cluster.canI({
    ...question,
    ...(subresource === undefined ? {} : { subresource }),
    ...(name === undefined ? {} : { name }),
  });
  return answer.reason;
}

function describeRule({ apiGroups = [], resources = [], nonResourceURLs = [], verbs }: PolicyRule): string {
  const groups = apiGroups.filter((group) => group !== "");
  const what = [...resources, ...nonResourceURLs].join(", ");
  return `${verbs.join(", ")} ${what}${groups.length === 0 ? "" : ` of ${groups.join(", ")}`}`;
}
