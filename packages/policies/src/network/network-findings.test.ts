import { type PlatformInput, plan } from "@plinth/core";
import { exampleDevelopment, examplePlatform, examplePlatformInput, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { networkComponents } from "./network-components.ts";
import { networkFindings } from "./network-findings.ts";

const findingsOf = (changes: (input: PlatformInput) => Partial<PlatformInput>): string[] =>
  networkFindings(examplePlatform(changes(examplePlatformInput()))).map(({ path, message }) => `${path}: ${message}`);

const withExternal =
  (cidrs: string[]) =>
  ({ services }: PlatformInput): Partial<PlatformInput> => ({
    services: services.map((service) =>
      service.name === "checkout" ? { ...service, external: [{ host: "api.example.net", port: 443, cidrs }] } : service,
    ),
  });

describe("a platform", () => {
  test("that is right has no findings", () => {
    expect(findingsOf(() => ({}))).toEqual([]);
  });

  test("reaches no metadata service", () => {
    expect(findingsOf(withExternal(["203.0.113.0/24", "169.254.169.254/32"]))).toEqual([
      "services[checkout].external[0].cidrs[1]: 169.254.169.254/32 is the metadata service of the cloud, which gives away the credentials of the node",
    ]);
    const stores = ({ dataStores = [] }: PlatformInput): Partial<PlatformInput> => ({
      dataStores: dataStores.map((store) =>
        store.name === "events"
          ? { ...store, placements: { development: { cidrs: ["169.254.169.254/32"] }, production: "in-cluster" } }
          : store,
      ),
    });
    expect(findingsOf(stores)).toHaveLength(1);
    const { network } = exampleDevelopment();
    expect(
      findingsOf(() => ({
        environments: [
          exampleDevelopment({ network: { ...network, nodeLocalDns: "169.254.169.254" } }),
          exampleProduction(),
        ],
      })),
    ).toHaveLength(1);
  });

  test("names no address of the cluster as an external host", () => {
    expect(findingsOf(withExternal(["172.20.7.0/24"]))).toEqual([
      "services[checkout].external[0].cidrs[0]: 172.20.7.0/24 of api.example.net overlaps the Services of development, 172.20.0.0/16",
    ]);
    expect(findingsOf(withExternal(["0.0.0.0/0"]))).toHaveLength(1);
  });

  test("has ports at the components that services reach", () => {
    const bare = ({ components = [] }: PlatformInput): Partial<PlatformInput> => ({
      components: components.map((component) => ({ ...component, ports: { metrics: 9153 } })),
    });
    expect(findingsOf(bare)).toEqual([
      "components[coredns].ports: plays the part dns and has no port named dns",
      "components[otel-agent].ports: plays the part telemetry-agent and has no port named otlp",
    ]);
  });

  test("has labels on the pods that rules of services select", () => {
    const unlabelled = ({ components = [] }: PlatformInput): Partial<PlatformInput> => ({
      components: components.map((component) => ({ ...component, podLabels: {} })),
    });
    const every = (examplePlatformInput().components ?? []).map(({ name }) => name).sort();
    expect(findingsOf(unlabelled)).toEqual(
      every.map((name) => `components[${name}].podLabels: is empty: no rule could tell its pods from all others`),
    );
  });

  test("with findings fails with them alone: nothing throws on the way", () => {
    const { network } = exampleDevelopment();
    const broken = examplePlatform({
      ...withExternal(["169.254.169.254/32"])(examplePlatformInput()),
      environments: [
        exampleDevelopment({ network: { ...network, nodeLocalDns: "169.254.169.254" } }),
        exampleProduction(),
      ],
      components: (examplePlatformInput().components ?? []).map((component) => ({
        ...component,
        podLabels: {},
        connects: [],
      })),
    });
    const { findings } = plan(broken, networkComponents);
    expect(new Set(findings.map(({ code }) => code))).toEqual(
      new Set(["conflicting-fields", "impossible-connection", "invalid-field"]),
    );
  });
});
