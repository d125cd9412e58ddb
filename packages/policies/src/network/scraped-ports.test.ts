import { environmentNamed, fieldAt, listAt, type Platform, plan } from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { declaredConnections } from "../reachability/declared-connections.ts";
import { dataStoreNetwork } from "./data-store-network.ts";
import { serviceNetwork } from "./service-network.ts";

const { dataStores = [], components = [] } = examplePlatformInput();
const platform: Platform = examplePlatform({
  services: [
    {
      name: "cart",
      team: "backend",
      tier: "low",
      language: "go",
      ports: { http: { port: 8080, protocol: "http" }, grpc: { port: 9090, protocol: "grpc" } },
      metrics: [{ port: "http", path: "/internal/metrics" }],
    },
  ],
  dataStores: dataStores.map((store) => (store.name === "orders-db" ? { ...store, metrics: [{ port: 9187 }] } : store)),
  components,
});
const development = environmentNamed(platform, "development");

/** The ports on which a policy lets the scraper in. */
function portsForScraper(name: string): readonly unknown[] {
  const policy = plan(platform, [serviceNetwork, dataStoreNetwork]).files.find(
    ({ entry, resource }) => entry.environment === "development" && resource?.metadata.name === name,
  )?.resource;
  return listAt(policy, "spec", "ingress")
    .filter((rule) =>
      listAt(rule, "from").some(
        (peer) => fieldAt(peer, "podSelector", "matchLabels", "app.kubernetes.io/name") === "prometheus",
      ),
    )
    .flatMap((rule) => listAt(rule, "ports").map((port) => fieldAt(port, "port")));
}

describe("a page of metrics that is declared", () => {
  test("opens its port to the scraper, also one that serves requests, and no other", () => {
    expect(portsForScraper("cart-ingress")).toEqual([8080]);
  });

  test("opens the port of a data store's exporter", () => {
    expect(portsForScraper("orders-db-ingress")).toEqual([9187]);
  });

  test("is among the connections that are held against what is open", () => {
    const scraped = declaredConnections(platform, development).flatMap(({ source, destination, port }) =>
      source.kind === "workload" && source.name === "prometheus" && destination.kind === "workload"
        ? [`${destination.name}:${port}`]
        : [],
    );
    expect(scraped).toEqual(expect.arrayContaining(["cart:8080", "orders-db:9187"]));
  });
});
