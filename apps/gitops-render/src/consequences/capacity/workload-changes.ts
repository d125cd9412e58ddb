import type { ObjectChange, TreeComparison } from "../../comparison/tree-comparison.ts";
import type { Consequence } from "../consequence.ts";
import { about } from "../whole/about.ts";
import { listed } from "../whole/pairs.ts";
import { toldChanges } from "../whole/told-changes.ts";
import { type Prices, priceText } from "./prices.ts";
import { type AmountChange, type Amounts, amountChanges, amountText, sumOf } from "./quantities.ts";
import { type Workload, workloadKinds, workloadOf } from "./workload.ts";

/** Pods, their limits, and what is reserved for them, of the workloads that are rendered. */
export function workloadChanges(
  comparison: TreeComparison,
  environment: string,
  prices: Prices | undefined,
): readonly Consequence[] {
  const changes = toldChanges(comparison, environment, ...workloadKinds);
  const byOwner = Map.groupBy(changes, ({ before, after }) => (after ?? before)?.entry.team ?? "");
  return [
    ...changes.flatMap((change) => [...replicaChange(environment, change), ...limitChanges(environment, change)]),
    ...[...byOwner].flatMap(([team, ofTeam]) => reservations(environment, team, ofTeam, prices)),
  ];
}

function replicaChange(environment: string, change: ObjectChange): readonly Consequence[] {
  const { before, after } = change;
  if (before === undefined || after === undefined) return [];
  const [was, is] = [workloadOf(before).replicas, workloadOf(after).replicas];
  if (was === undefined || is === undefined || (was.least === is.least && was.most === is.most)) return [];
  const fewer = is.least < was.least || (is.least === was.least && is.most < was.most);
  return [
    {
      rule: fewer ? "replicas-reduced" : "replicas-increased",
      ...about(environment, change),
      subject: after.resource.metadata.name,
      text: `runs ${podsText(is)}, not ${podsText(was)}`,
      details: [],
    },
  ];
}

function podsText({ least, most }: NonNullable<Workload["replicas"]>): string {
  return least === most ? `${least} ${least === 1 ? "pod" : "pods"}` : `${least} to ${most} pods`;
}

function limitChanges(environment: string, change: ObjectChange): readonly Consequence[] {
  const { before, after } = change;
  if (before === undefined || after === undefined) return [];
  const changes = amountChanges(workloadOf(before).limits, workloadOf(after).limits, "unlimited");
  const told = (
    rule: "resource-limit-lowered" | "resource-limit-raised",
    list: readonly AmountChange[],
  ): readonly Consequence[] =>
    list.length === 0
      ? []
      : [
          {
            rule,
            ...about(environment, change),
            subject: after.resource.metadata.name,
            text: `may use ${listed(list.map(limitText))}`,
            details: [],
          },
        ];
  return [
    ...told(
      "resource-limit-lowered",
      changes.filter(({ direction }) => direction < 0),
    ),
    ...told(
      "resource-limit-raised",
      changes.filter(({ direction }) => direction > 0),
    ),
  ];
}

function limitText({ name, before, after }: AmountChange): string {
  const [was, is] = [before, after].map((amount) => (amount === undefined ? `any ${name}` : amountText(name, amount)));
  return `${is}, not ${was}`;
}

/** What a team reserves more and less with what changed, together: for good, and on each node. */
function reservations(
  environment: string,
  team: string,
  changes: readonly ObjectChange[],
  prices: Prices | undefined,
): readonly Consequence[] {
  const everywhere = reserved(changes, false);
  const perNode = reserved(changes, true);
  const whose = team === "" ? "the platform's pods" : `pods of ${team}`;
  return [
    ...reservation(environment, whose, everywhere, prices),
    ...reservation(environment, `${whose} on each node`, perNode, undefined),
  ];
}

interface Reserved {
  readonly changes: readonly ObjectChange[];
  readonly before: Amounts;
  readonly after: Amounts;
}

function reserved(changes: readonly ObjectChange[], onEachNode: boolean): Reserved {
  const on = (side: "before" | "after"): readonly (readonly [ObjectChange, Workload])[] =>
    changes.flatMap((change) => {
      const object = change[side];
      if (object === undefined) return [];
      const workload = workloadOf(object);
      return (workload.replicas === undefined) === onEachNode ? [[change, workload] as const] : [];
    });
  const [was, is] = [on("before"), on("after")];
  return {
    changes: [...new Set([...was, ...is].map(([change]) => change))],
    before: sumOf(was.map(([, workload]) => workload.reserved)),
    after: sumOf(is.map(([, workload]) => workload.reserved)),
  };
}

function reservation(
  environment: string,
  subject: string,
  { changes, before, after }: Reserved,
  prices: Prices | undefined,
): readonly Consequence[] {
  const changed = amountChanges(before, after, "nothing");
  if (changed.length === 0) return [];
  const directions = new Set(changed.map(({ direction }) => Math.sign(direction)));
  const rule =
    directions.size > 1 ? "reservation-shifted" : directions.has(1) ? "reservation-grown" : "reservation-shrunk";
  return [
    {
      rule,
      ...about(environment, ...changes),
      subject,
      text: `reserve ${listed(changed.map(differenceText))}`,
      details: [
        ...changed.map(({ name, before: was, after: is }) => {
          const [from, to] = [was, is].map((amount) => (amount === undefined ? "nothing" : amountText(name, amount)));
          return `${name}: ${from} → ${to}`;
        }),
        ...(prices === undefined ? [] : [priceText(prices, changed)]),
      ],
    },
  ];
}

/** `12 CPU more`. */
function differenceText({ name, before, after, direction }: AmountChange): string {
  const format = (after ?? before)?.format ?? "decimal";
  const difference = (after?.nanos ?? 0n) - (before?.nanos ?? 0n);
  const nanos = difference < 0n ? -difference : difference;
  return `${amountText(name, { nanos, format })} ${direction > 0 ? "more" : "less"}`;
}
