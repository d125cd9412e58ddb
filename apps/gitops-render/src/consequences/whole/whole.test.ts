import { describe, expect, test } from "vitest";
import { treeOfFiles } from "../../comparison/build-tree.ts";
import { compareTrees } from "../../comparison/compare-trees.ts";
import { linesOf, read, unmirrored } from "./told.fixture.ts";
import { wholeIn } from "./whole.ts";

function object(kind: string, name: string, team: string, service?: string): string {
  const ofService = service === undefined ? "" : `, plinth.dev/service: ${service}`;
  return `{ apiVersion: v1, kind: ${kind}, metadata: { name: ${name}, namespace: team-${team}, labels: { plinth.dev/team: ${team}${ofService} } } }`;
}

const account = "application/production/shop/orders/serviceaccount-orders.yaml";
const claim = "application/production/shop/orders/persistentvolumeclaim-orders.yaml";
const other = "application/production/shop/carts/serviceaccount-carts.yaml";
const files = {
  [account]: object("ServiceAccount", "orders", "shop", "orders"),
  [claim]: object("PersistentVolumeClaim", "orders", "shop", "orders"),
  [other]: object("ServiceAccount", "carts", "shop", "carts"),
};

function treeOf(texts: Readonly<Record<string, string>>): ReturnType<typeof treeOfFiles> {
  return treeOfFiles("tree", new Map(Object.entries(texts)));
}

describe("What comes or goes as a whole", () => {
  test("a service of which nothing stays", () => {
    const [before, after] = [treeOf(files), treeOf({ [other]: files[other] ?? "" })];
    expect(linesOf(read(before, after))).toEqual(["data-service-removed (shop/orders): service orders goes"]);
    expect(read(before, after)[0]?.details).toContain(
      "deletes PersistentVolumeClaim orders, and with it its volume, where the storage class deletes",
    );
    expect(unmirrored(before, after)).toEqual([]);
  });

  test("not a service of which something stays, changed or not", () => {
    const { [claim]: _, ...rest } = files;
    const comparison = compareTrees(treeOf(files), treeOf(rest));
    expect(wholeIn(comparison, "production").services).toEqual([]);
    expect(wholeIn(comparison, "production").ownsService("orders")).toBe(false);
  });

  test("a team with its services is one thing", () => {
    const base = "foundation/overlays/production/tests/configmap-base.yaml";
    const rest = { [base]: "{ apiVersion: v1, kind: ConfigMap, metadata: { name: base, namespace: base } }" };
    const comparison = compareTrees(treeOf({ ...rest, ...files }), treeOf(rest));
    const whole = wholeIn(comparison, "production");
    expect(whole.teams.map(({ team, fate }) => `${team} ${fate}`)).toEqual(["shop removed"]);
    expect(whole.services).toEqual([]);
    expect(whole.ownsService("carts")).toBe(true);
  });

  test("an environment is told once, with its teams and services", () => {
    const base = "foundation/base/tests/configmap-base.yaml";
    const rest = { [base]: "{ apiVersion: v1, kind: ConfigMap, metadata: { name: base, namespace: base } }" };
    const [before, after] = [treeOf({ ...rest, ...files }), treeOf(rest)];
    const [told, ...others] = read(before, after);
    expect(others).toEqual([]);
    expect(told?.rule).toBe("environment-removed");
    expect(told?.details.slice(0, 2)).toEqual(["teams: shop", "services: carts, orders"]);
    expect(unmirrored(before, after)).toEqual([]);
  });
});
