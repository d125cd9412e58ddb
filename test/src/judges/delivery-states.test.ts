import { identityOf, type Resource } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { changedFindings, removalFindings } from "./delivery-states.ts";

const account = (name: string, changes: object = {}): Resource => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name, namespace: "team-backend", ...changes },
});
const cluster = (...resources: Resource[]): ReadonlyMap<string, Resource> =>
  new Map(resources.map((resource) => [identityOf(resource), resource]));
const [cart, checkout] = [account("cart"), account("checkout")];

describe("a second apply", () => {
  it("that changes nothing says nothing", () =>
    expect(changedFindings(cluster(cart), cluster(account("cart")))).toEqual([]));

  it.each([
    ["changes", cluster(account("cart", { resourceVersion: "1" })), cluster(account("cart", { resourceVersion: "2" }))],
    ["removes", cluster(cart), cluster()],
    ["makes", cluster(), cluster(cart)],
  ])("that %s something is noticed", (what, before, after) =>
    expect(changedFindings(before, after).map(({ message }) => message)).toEqual([
      `a second apply ${what} v1/ServiceAccount team-backend/cart`,
    ]),
  );

  it("does not take what a controller counts for a change", () => {
    const quota = (version: string, status: object): Resource => ({
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "team", namespace: "team-backend", ...{ resourceVersion: version } },
      spec: { hard: { pods: "10" } },
      status,
    });
    expect(changedFindings(cluster(quota("1", {})), cluster(quota("2", { used: { pods: "1" } })))).toEqual([]);
  });
});

describe("a removal", () => {
  const expected = new Set([identityOf(cart)]);

  it("of exactly what the tree no longer holds says nothing", () =>
    expect(removalFindings(cluster(cart, checkout), cluster(checkout), expected)).toEqual([]));

  it("that leaves something behind, or takes a neighbour along, is noticed", () => {
    const orphan = removalFindings(cluster(cart, checkout), cluster(cart, checkout), expected);
    expect(orphan.map(({ message }) => message)).toEqual([
      "v1/ServiceAccount team-backend/cart stays, and belongs to nobody",
    ]);
    const neighbour = removalFindings(cluster(cart, checkout), cluster(), expected);
    expect(neighbour.map(({ message }) => message)).toEqual(["v1/ServiceAccount team-backend/checkout is removed"]);
  });
});
