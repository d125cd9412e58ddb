import { describe, expect, it } from "vitest";
import type { CollectorVersion } from "./collector-version.ts";
import type { ComponentKind } from "./component.ts";
import { componentTypes, currentType, spellingOf } from "./component-types.ts";

const kinds: readonly ComponentKind[] = ["receiver", "processor", "exporter", "connector", "extension"];
const versions: readonly CollectorVersion[] = ["0.140", "0.144", "0.146", "0.151", "0.153", "0.158", "0.200"];

describe("the spelling of component types", () => {
  it("is today's in 0.158", () => {
    for (const kind of kinds)
      for (const type of Object.keys(componentTypes[kind])) expect(spellingOf(kind, type, "0.158")).toBe(type);
  });

  it("changes with the release that renamed a component, not before", () => {
    expect(spellingOf("exporter", "otlp_grpc", "0.143")).toBe("otlp");
    expect(spellingOf("exporter", "otlp_grpc", "0.144")).toBe("otlp_grpc");
    expect(spellingOf("receiver", "kubelet_stats", "0.154")).toBe("kubeletstats");
    expect(spellingOf("receiver", "kubelet_stats", "0.155")).toBe("kubelet_stats");
  });

  it("can be read back in any release", () => {
    for (const version of versions) {
      for (const kind of kinds) {
        for (const type of Object.keys(componentTypes[kind]))
          expect(currentType(kind, spellingOf(kind, type, version))).toBe(type);
      }
    }
  });

  it("has no former name that another component has today", () => {
    for (const kind of kinds) {
      const former = Object.values(componentTypes[kind]).flatMap(({ formerly }) =>
        formerly === undefined ? [] : [formerly.name],
      );
      expect(former.filter((name) => Object.hasOwn(componentTypes[kind], name))).toEqual([]);
      expect(new Set(former).size).toBe(former.length);
    }
  });
});
