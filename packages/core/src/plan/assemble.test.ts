import fc from "fast-check";
import { load } from "js-yaml";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { describe, expect, it } from "vitest";
import type { Component } from "../component.ts";
import { textAt } from "../plain-data.ts";
import { buildResource } from "../resource/build-resource.ts";
import { examplePlatform } from "../testing.ts";
import { assemble } from "./assemble.ts";
import { kustomizations } from "./kustomizations.ts";
import { plan } from "./plan.ts";
import { type IndexEntry, parseIndex, printIndex } from "./rendered-index.ts";

const resourcesOf = (text = ""): string[] => [...text.matchAll(/^ {2}- (.*)$/gm)].map((match) => match[1] ?? "");

describe("the kustomizations of a tree", () => {
  const made = kustomizations([
    "foundation/base/roles/clusterrole-viewer.yaml",
    "foundation/overlays/production/tenancy/team-data/resourcequota-team-data.yaml",
    "foundation/overlays/production/tenancy/namespace-team-data.yaml",
    "application/production/data/accounting/serviceaccount-accounting.yaml",
    "runbooks/NodeNotReady.md",
  ]);

  it("are one for each component, one for the base, three for each overlay, and none where Argo CD reads", () =>
    expect([...made.keys()].sort()).toEqual([
      "foundation/base/kustomization.yaml",
      "foundation/base/roles/kustomization.yaml",
      "foundation/kept/production/kustomization.yaml",
      "foundation/overlays/production/kustomization.yaml",
      "foundation/overlays/production/tenancy/kustomization.yaml",
      "foundation/pruned/production/kustomization.yaml",
    ]));

  it("divide an overlay into what is never pruned and all the rest", () => {
    const leftOutOf = (part: string): RegExp => {
      const kustomization = load(made.get(`foundation/${part}/production/kustomization.yaml`) ?? "");
      return new RegExp(`^(?:${textAt(kustomization, "patches", 0, "target", "kind")})$`);
    };
    const isIn = (part: string, kind: string): boolean => !leftOutOf(part).test(kind);
    for (const kind of ["Namespace", "CustomResourceDefinition"])
      expect([isIn("kept", kind), isIn("pruned", kind)]).toEqual([true, false]);
    for (const kind of [
      "ClusterRole",
      "ConfigMap",
      "CronJob",
      "CustomRun",
      "GrafanaFolder",
      "NamespacedValidatingPolicy",
      "NetworkPolicy",
      "Role",
    ])
      expect([isIn("kept", kind), isIn("pruned", kind)]).toEqual([false, true]);
  });

  it("list files and folders relative to themselves, the overlay with the base", () => {
    expect(resourcesOf(made.get("foundation/overlays/production/tenancy/kustomization.yaml"))).toEqual([
      "namespace-team-data.yaml",
      "team-data/resourcequota-team-data.yaml",
    ]);
    expect(resourcesOf(made.get("foundation/overlays/production/kustomization.yaml"))).toEqual([
      "../../base",
      "tenancy",
    ]);
  });

  it("do not pull in a base that is not there", () => {
    const alone = kustomizations(["foundation/overlays/production/tenancy/namespace-team-data.yaml"]);
    expect(resourcesOf(alone.get("foundation/overlays/production/kustomization.yaml"))).toEqual(["tenancy"]);
  });
});

describe("the index", () => {
  const entry: fc.Arbitrary<IndexEntry> = fc.record(
    { component: fc.string(), environment: fc.string(), team: fc.string(), service: fc.string() },
    { requiredKeys: ["component"], noNullPrototype: true },
  );
  const path = fc.string({ minLength: 1 }).filter((text) => text !== "__proto__");

  it("says the same after printing and parsing", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(path, entry)), (entries) => {
        const index = new Map(entries);
        const parsed = parseIndex(printIndex(index));
        expect("index" in parsed && parsed.index).toEqual(index);
      }),
    );
  });

  it("has one line for each file, in the order of paths whatever the order they came in", () => {
    const text = printIndex(
      new Map([
        ["b", { component: "x" }],
        ["a", { component: "y" }],
      ]),
    );
    expect(text).toBe(
      '{\n  "version": 1,\n  "files": {\n    "a": {"component":"y"},\n    "b": {"component":"x"}\n  }\n}\n',
    );
  });
});

describe("a part of the tree", () => {
  const accounts: Component = {
    name: "accounts",
    layer: "foundation",
    perTeam: (_platform, _environment, { name, namespace }) => [
      buildResource(ServiceAccount, { metadata: { name, namespace } }),
    ],
  };

  it("is joined to what stays on disk: kustomizations and index name both", () => {
    const { files } = plan(examplePlatform(), [accounts]);
    const [rendered, kept] = [
      files.filter(({ entry }) => entry.team === "backend"),
      files.filter(({ entry }) => entry.team !== "backend"),
    ];
    const part = assemble(rendered, new Map(kept.map(({ path, entry }) => [path, entry])));
    const whole = assemble(files);
    const textOf = (output: typeof whole, path: string): string | undefined =>
      output.find((file) => file.path === path)?.text();
    for (const path of ["index.json", "foundation/overlays/production/accounts/kustomization.yaml"]) {
      expect(textOf(part, path)).toBe(textOf(whole, path));
    }
    expect(part.some(({ path }) => path.includes("team-frontend"))).toBe(false);
  });
});
