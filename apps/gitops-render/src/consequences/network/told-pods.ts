import type { Connection } from "@plinth/policies/reachability";
import { changedObjects } from "../changed-objects.ts";
import type { Consequence } from "../consequence.ts";
import { distinct } from "../words.ts";
import { insideGroups, outsideGroups } from "./connection-groups.ts";
import type { IsolationLoss } from "./isolation-changes.ts";
import { describePods, ownership, teamOf } from "./pods-in-words.ts";
import { otherPods } from "./tree-network.ts";
import { type Context, type Turn, type Turned, words } from "./turn.ts";

/** A service that is new is told once, with whom it connects; and so is one that is gone. */
export function joinConsequences(
  turn: Turn,
  members: readonly Connection[],
  joining: (connection: Connection) => readonly string[],
  context: Turned,
): readonly Consequence[] {
  const { environment, teams, names } = context;
  const groups = Map.groupBy(members, (connection) => {
    // What no policy tells apart belongs to those beside it in the namespace.
    const [first = "", second = first] = joining(connection);
    return first.endsWith(`/${otherPods}`) ? second : first;
  });
  return [...groups].map(([workload, own]) => {
    const slash = workload.indexOf("/");
    const pods = { kind: "workload" as const, namespace: workload.slice(0, slash), name: workload.slice(slash + 1) };
    const ends = distinct(
      own.flatMap(({ source, destination }) =>
        [source, destination].flatMap((end) => (end.kind === "workload" ? [`${end.namespace}/${end.name}`] : [])),
      ),
    );
    const changes = context.concerning([workload]);
    const others = distinct(
      ends.flatMap((end) => (end === workload ? [] : (teams.get(end.slice(0, end.indexOf("/"))) ?? []))),
    );
    const lines = distinct([
      ...insideGroups(own, names).map(
        ({ source, destination, ports }) =>
          `${describePods(source, teams)} → ${describePods(destination, teams)}:${ports}`,
      ),
      ...outsideGroups(
        own.filter(({ source, destination }) => source.kind === "addresses" || destination.kind === "addresses"),
        names,
      ).map(({ direction, pods: inside, ports, ...group }) => {
        const named = context.addresses.nameOf({ direction, pods: inside, ports, ...group });
        return direction === "to"
          ? `${describePods(inside, teams)} → ${named}:${ports}`
          : `${named} → ${describePods(inside, teams)}:${ports}`;
      }),
    ]);
    return {
      rule: words[turn].join,
      environment,
      ...ownership(changes, [teamOf(pods, teams), ...others]),
      subject: pods.name === otherPods ? `namespace ${pods.namespace}` : describePods(pods, teams),
      text: words[turn].joins,
      details: lines,
      ...changedObjects(changes),
    };
  });
}

/** Pods that nothing isolates any more; or, the other way round, that something isolates. */
export function isolationConsequences(
  turn: Turn,
  { namespace, workloads, whole, directions }: IsolationLoss,
  context: Context,
): readonly Consequence[] {
  const { environment, teams } = context;
  const rule = turn === "opened" ? "isolation-lost" : "isolation-gained";
  const what =
    directions.length === 2
      ? "what comes in or goes out"
      : directions[0] === "ingress"
        ? "what comes in"
        : "what goes out";
  const text =
    turn === "opened" ? `has no policy any more about ${what}` : `connects only as rules say from now on: ${what}`;
  const pods = whole
    ? [{ kind: "namespace" as const, namespace }]
    : workloads.map((name) => ({ kind: "workload" as const, namespace, name }));
  return pods.map((each) => {
    const changes = context.concerning(workloads.map((name) => `${namespace}/${name}`));
    return {
      rule,
      environment,
      ...ownership(changes, [teams.get(namespace)]),
      subject: whole ? `namespace ${namespace}` : describePods(each, teams),
      text,
      details: whole ? workloads.map((name) => describePods({ kind: "workload", namespace, name }, teams)) : [],
      ...changedObjects(changes),
    };
  });
}
