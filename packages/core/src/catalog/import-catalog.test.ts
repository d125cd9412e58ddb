import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildPlatform } from "../model/build-platform.ts";
import { definePlatform } from "../model/define.ts";
import { examplePlatformInput } from "../testing.ts";
import { importCatalog } from "./import-catalog.ts";

const source = { file: "services/loyalty/catalog-info.yaml" };

const backstage = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: loyalty
  description: Counts points
  annotations:
    plinth.dev/tier: medium
    plinth.dev/language: go
    plinth.dev/ports: grpc=5051/grpc, metrics=9464/prometheus
spec:
  type: service
  lifecycle: production
  owner: group:default/backend
  dependsOn: [component:default/checkout, resource:orders-db]
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: {name: loyalty-api}
`;

const port = `- identifier: loyalty
  title: Counts points
  blueprint: service
  team: backend
  properties: {criticality: medium, language: go, ports: grpc=5051/grpc}
  relations: {calls: [checkout], stores: orders-db}
- identifier: eu
  blueprint: region
`;

describe("a service in a catalog", () => {
  it("of Backstage is a service of the platform", () => {
    const { services, findings } = importCatalog(backstage, source);
    expect(findings).toEqual([]);
    const built = buildPlatform(definePlatform(examplePlatformInput()), { services });
    expect(built.findings).toEqual([]);
    expect(built.platform?.services.find(({ name }) => name === "loyalty")).toMatchObject({
      team: "backend",
      tier: "medium",
      ports: { grpc: { port: 5051, protocol: "grpc" }, metrics: { port: 9464, protocol: "prometheus" } },
      calls: [{ service: "checkout" }],
      stores: ["orders-db"],
      source,
    });
  });

  it("of Port is a service of the platform", () => {
    const { services, findings } = importCatalog(port, source);
    expect(findings).toEqual([]);
    expect(services).toMatchObject([
      { name: "loyalty", team: "backend", tier: "medium", calls: ["checkout"], stores: ["orders-db"] },
    ]);
  });

  it("that lacks something is found with the catalog as the place", () => {
    const { services } = importCatalog(
      "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: loyalty}\nspec: {owner: nobody}\n",
      source,
    );
    const { findings } = buildPlatform(definePlatform(examplePlatformInput()), { services });
    expect(findings).toMatchObject([
      { path: "services[loyalty].language", source },
      { path: "services[loyalty].tier", source },
    ]);
  });
});

describe("a catalog that cannot be read", () => {
  it("is named with line and column when it is not YAML", () =>
    expect(importCatalog("a: b\n  c: d\n", source)).toMatchObject({
      services: [],
      findings: [{ code: "catalog-not-readable", source: { line: 2 } }],
    }));

  it("is a bomb of aliases", () => {
    const bomb = `a: &a [x, x]\n${Array.from({ length: 30 }, (_, index) => `k${index}: &k${index} [*${index === 0 ? "a" : `k${index - 1}`}, *${index === 0 ? "a" : `k${index - 1}`}]`).join("\n")}\n`;
    expect(importCatalog(bomb, source)).toMatchObject({ services: [], findings: [{ code: "catalog-not-readable" }] });
  });

  it("is nested a thousand levels deep", () =>
    expect(importCatalog(`${"[".repeat(1000)}${"]".repeat(1000)}`, source)).toMatchObject({
      services: [],
      findings: [{ code: "catalog-not-readable" }],
    }));
  it("is something else", () =>
    expect(importCatalog("hello: world\n", source).findings).toMatchObject([{ code: "catalog-not-readable" }]));
  it("is empty, which is nothing to complain about", () =>
    expect(importCatalog("---\n", source)).toEqual({ services: [], findings: [] }));

  it("never throws, and what it yields never breaks the platform", () => {
    const scalar = fc.oneof(
      fc.string(),
      fc.constantFrom("backstage.io/v1alpha1", "Component", "service"),
      fc.integer(),
      fc.constant(null),
    );
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        scalar,
        fc.array(tie("node")),
        fc.dictionary(
          fc.constantFrom(
            "apiVersion",
            "kind",
            "metadata",
            "spec",
            "name",
            "owner",
            "annotations",
            "identifier",
            "blueprint",
            "properties",
            "relations",
            "dependsOn",
          ),
          tie("node"),
        ),
      ),
    })).node;
    fc.assert(
      fc.property(value, (document) => {
        const { services } = importCatalog(JSON.stringify(document), source);
        buildPlatform(definePlatform(examplePlatformInput()), { services });
      }),
    );
  });
});
