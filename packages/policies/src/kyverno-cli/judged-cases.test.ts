import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { policyCatalog } from "../admission/catalog.ts";
import { disallowLatestTag } from "../best-practices/disallow-latest-tag.ts";
import { restrictIngressHosts } from "../networking/restrict-hosts.ts";
import { disallowClusterAdminBindings } from "../rbac/disallow-cluster-admin.ts";
import { kyvernoCases } from "./judged-cases.ts";

const platform = examplePlatform({ environments: [exampleDevelopment(), exampleProduction()] });

describe("the cases for the Kyverno command line", () => {
  test("hold every good and bad object of every policy", () => {
    const judged = new Set(
      kyvernoCases(policyCatalog, platform).flatMap(({ name, expected }) =>
        expected.map((row) => `${name} ${row.name}`),
      ),
    );
    for (const { name, good, bad, parameters } of policyCatalog) {
      // With parameters from the model, a policy has other objects than by default.
      if (Object.keys(parameters).length > 0) continue;
      for (let index = 1; index <= good.length; index++) expect(judged).toContain(`${name} good-${index}`);
      for (let index = 1; index <= bad.length; index++) expect(judged).toContain(`${name} bad-${index}`);
    }
  });

  test("try a policy where it refuses, and once only where environments agree", () => {
    const cases = kyvernoCases([disallowLatestTag], platform).filter(({ expected }) =>
      expected.some(({ name }) => name.startsWith("good")),
    );
    expect(cases).toHaveLength(1);
    expect(cases[0]?.expected[0]?.policy).toBe("disallow-latest-tag-enforce");
  });

  test("try each set of parameters, those of the platform and those that it is tried with", () => {
    const texts = kyvernoCases([restrictIngressHosts], platform).map(
      ({ files }) => files.find(({ path }) => path === "policy.yaml")?.text ?? "",
    );
    expect(texts.some((text) => text.includes("['shop.example.com']"))).toBe(true);
    expect(texts.some((text) => text.includes("['shop.example.org', 'shop.example.net']"))).toBe(true);
  });

  test("look at places in every environment, those of the platform's own objects too", () => {
    const rows = kyvernoCases([disallowLatestTag, disallowClusterAdminBindings], platform).flatMap(
      ({ expected }) => expected,
    );
    const of = (policy: string, namespace: string): boolean =>
      rows.some((row) => row.policy === policy && row.namespace === namespace && row.result === "fail");
    for (const { namespace } of platform.teams) {
      expect(of("disallow-latest-tag", namespace)).toBe(true);
      expect(of("disallow-latest-tag-enforce", namespace)).toBe(true);
    }
    expect(rows.some(({ name, result }) => name === "system:bad-1" && result === "skip")).toBe(true);
  });
});
