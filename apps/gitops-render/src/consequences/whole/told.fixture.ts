import { treeOfFiles } from "../../comparison/build-tree.ts";
import { compareTrees } from "../../comparison/compare-trees.ts";
import type { Tree } from "../../comparison/tree-comparison.ts";
import { alertsConsequences } from "../alerts/alerts-consequences.ts";
import { capacityConsequences } from "../capacity/capacity-consequences.ts";
import type { Consequence, ConsequenceReader } from "../consequence.ts";
import { dashboardsConsequences } from "../dashboards/dashboards-consequences.ts";
import { dataConsequences } from "../data/data-consequences.ts";
import { deliveryConsequences } from "../delivery/delivery-consequences.ts";
import { objectivesConsequences } from "../objectives/objectives-consequences.ts";
import { consequenceRules } from "../rules/consequence-rules.ts";
import { telemetryConsequences } from "../telemetry/telemetry-consequences.ts";

/** Everything that these tests are about; the others are of permissions, network and policies. */
const readers: readonly ConsequenceReader[] = [
  alertsConsequences,
  objectivesConsequences,
  telemetryConsequences,
  capacityConsequences,
  dashboardsConsequences,
  dataConsequences,
  deliveryConsequences,
];

/** What the objects of two sides mean, each a document of YAML. All of them are of production, and of the platform unless labels say whose. */
export function toldOfObjects(before: readonly string[], after: readonly string[]): readonly string[] {
  return linesOf(readOfObjects(before, after));
}

export function readOfObjects(before: readonly string[], after: readonly string[]): readonly Consequence[] {
  return read(treeOfObjects(before), treeOfObjects(after));
}

export function unmirroredObjects(before: readonly string[], after: readonly string[]): readonly string[] {
  return unmirrored(treeOfObjects(before), treeOfObjects(after));
}

const anything = "{ apiVersion: v1, kind: ServiceAccount, metadata: { name: anything, namespace: anywhere } }";

/** Both sides have the environment, whatever they say of it. Each object has a file of its own, whose name says what it is. */
export function treeOfObjects(documents: readonly string[]): Tree {
  const texts = [anything, ...documents].map((text, index): readonly [string, string] => {
    const kind = /kind:\s*(\w+)/.exec(text)?.[1] ?? "";
    const name = /name:\s*([\w-]+)/.exec(text)?.[1] ?? String(index);
    return [`foundation/overlays/production/tests/${kind.toLowerCase()}-${name}.yaml`, text];
  });
  return treeOfFiles("objects", new Map(texts));
}

export function read(before: Tree, after: Tree): readonly Consequence[] {
  const comparison = compareTrees(before, after);
  return readers.flatMap((reader) => reader(comparison));
}

/** `alert-removed (ml/ad): HighErrorRate is gone`, sorted. */
export function linesOf(consequences: readonly Consequence[]): readonly string[] {
  return consequences
    .map((consequence) => {
      const whose = [consequence.team, consequence.service].filter((name) => name !== undefined).join("/");
      const { rule, subject, text } = consequence;
      return `${rule}${whose === "" ? "" : ` (${whose})`}: ${subject} ${text}`;
    })
    .sort();
}

/** What one order of two trees says and the other does not say in its mirror. */
export function unmirrored(before: Tree, after: Tree): readonly string[] {
  const there = read(before, after).map((each) => withRule(each, consequenceRules[each.rule].mirror));
  const back = read(after, before).map((each) => withRule(each, each.rule));
  return [...there.filter((text) => !back.includes(text)), ...back.filter((text) => !there.includes(text))];
}

function withRule({ environment, team: owner, service: of, subject, objects }: Consequence, rule: string): string {
  return [environment, rule, owner, of, subject, ...objects.toSorted()].join("\n");
}
