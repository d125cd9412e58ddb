import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { softwareCatalogue, softwareOf } from "./catalogue.ts";
import { componentPorts } from "./component-ports.ts";

const componentOf = (input: object): ReturnType<typeof examplePlatform>["components"][number] => {
  const [component] = examplePlatform({
    components: [{ name: "something", namespace: "somewhere", ...input }],
  }).components;
  if (component === undefined) throw new Error("there is one component");
  return component;
};

describe("the catalogue", () => {
  test("names each piece of software once, and where upstream says its ports", () => {
    const names = softwareCatalogue.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { sources } of softwareCatalogue) for (const source of sources) expect(source).toMatch(/^https:\/\//);
  });

  test("connects software only to ports that the other end listens on", () => {
    const byName = new Map(softwareCatalogue.map((software) => [software.name, software]));
    for (const { connects } of softwareCatalogue) {
      for (const destination of connects)
        if (destination.to === "software")
          expect(Object.keys(byName.get(destination.software)?.ports ?? {})).toContain(destination.port);
    }
  });

  test("has no port that nobody comes to", () => {
    const reached = new Set(
      softwareCatalogue.flatMap(({ connects }) =>
        connects.flatMap((destination) =>
          destination.to === "software" ? [`${destination.software}/${destination.port}`] : [],
        ),
      ),
    );
    // Gateways and agents are reached by services, which no software is.
    const byServices = ["istio-egress/http", "istio-egress/https", "otel-agent/otlp-grpc", "otel-agent/otlp-http"];
    for (const { name, ports } of softwareCatalogue) {
      for (const [port, { from = [] }] of Object.entries(ports)) {
        const key = `${name}/${port}`;
        expect({ key, reached: from.length > 0 || reached.has(key) || byServices.includes(key) }).toEqual({
          key,
          reached: true,
        });
      }
    }
  });
});

describe("a component", () => {
  test("is what its software says, or its name, or the part that it plays", () => {
    expect(softwareOf(componentOf({ software: "loki" }))?.name).toBe("loki");
    expect(softwareOf(componentOf({ name: "falco" }))?.name).toBe("falco");
    expect(softwareOf(componentOf({ roles: ["metrics-scraper"] }))?.name).toBe("prometheus");
    expect(softwareOf(componentOf({}))).toBeUndefined();
  });

  test("listens where the catalogue says, at the numbers that it says itself", () => {
    expect(
      componentPorts(componentOf({ software: "cert-manager-webhook", ports: { webhook: 10260 } })).map(
        ({ name, number, visitors }) => ({ name, number, visitors }),
      ),
    ).toEqual([
      { name: "webhook", number: 10260, visitors: ["anyone"] },
      { name: "metrics", number: 9402, visitors: ["metrics-scraper"] },
    ]);
  });

  test("of other software in the same part listens only where it says", () => {
    const ports = componentPorts(componentOf({ roles: ["ingress-gateway"], ports: { https: 443, metrics: 9113 } }));
    expect(ports.map(({ name, visitors }) => [name, visitors])).toEqual([
      ["https", ["anyone"]],
      ["metrics", ["metrics-scraper"]],
    ]);
  });

  test("that nobody knows is scraped on its metrics, and asked by nobody else", () => {
    const ports = componentPorts(componentOf({ ports: { api: 80, metrics: 81, "metrics-own": 82 } }));
    expect(ports.map(({ name, visitors }) => [name, visitors])).toEqual([
      ["api", []],
      ["metrics", ["metrics-scraper"]],
      ["metrics-own", ["metrics-scraper"]],
    ]);
  });
});
