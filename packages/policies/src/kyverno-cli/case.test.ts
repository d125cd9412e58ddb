import { plan } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { admissionPolicies } from "../admission/admission-policies.ts";
import { policyCatalog } from "../admission/catalog.ts";
import { pods } from "../admission/match.ts";
import { disallowPrivilegedContainers } from "../pod-security/disallow-privileged-containers.ts";
import { kyvernoCase } from "./case.ts";

const platform = examplePlatform({ environments: [exampleDevelopment(), exampleProduction()] });
const [development, production] = platform.environments;
if (development === undefined || production === undefined) throw new Error("the example has two environments");

const textOf = ({ files }: ReturnType<typeof kyvernoCase>, path: string): string =>
  files.find((file) => file.path === path)?.text ?? "";
const documentsOf = (text: string): string[] => text.split("---\n");

describe("a case for the Kyverno command line", () => {
  const audit = kyvernoCase(disallowPrivilegedContainers, platform, development);
  const enforce = kyvernoCase(disallowPrivilegedContainers, platform, production);

  test("holds the very policy that is rendered", () => {
    const rendered = plan(platform, [admissionPolicies]).files.find(
      ({ path }) => path.includes("production") && path.endsWith("disallow-privileged-containers-enforce.yaml"),
    );
    const spec = (text: string): string => text.slice(text.indexOf("\nspec:"));
    expect(spec(textOf(enforce, "policy.yaml"))).toBe(spec(rendered?.text() ?? "nothing"));
  });

  test("expects rows of the object that judges in the environment", () => {
    expect(new Set(audit.expected.map(({ policy }) => policy))).toEqual(new Set(["disallow-privileged-containers"]));
    expect(new Set(enforce.expected.map(({ policy }) => policy))).toEqual(
      new Set(["disallow-privileged-containers-enforce"]),
    );
  });

  test("tries each object as a Pod and in each controller, but ephemeral containers only in Pods", () => {
    const kindsOf = (name: string): string[] =>
      audit.expected.filter((row) => row.name === name && row.namespace === "team-backend").map(({ kind }) => kind);
    expect(kindsOf("bad-1")).toEqual(["Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"]);
    expect(kindsOf("bad-3")).toEqual(["Pod"]);
    const alone = kyvernoCase(
      { ...disallowPrivilegedContainers, match: pods({ controllers: [] }) },
      platform,
      development,
    );
    expect(new Set(alone.expected.map(({ kind }) => kind))).toEqual(new Set(["Pod"]));
  });

  test("expects each good object to pass, and each bad one to fail with its message", () => {
    expect(
      audit.expected
        .filter(({ name }) => name.startsWith("good"))
        .every(({ result, message }) => result === "pass" && message === undefined),
    ).toBe(true);
    expect(audit.expected.find(({ name, kind }) => name === "bad-4" && kind === "CronJob")).toEqual({
      policy: "disallow-privileged-containers",
      kind: "CronJob",
      namespace: "team-backend",
      name: "bad-4",
      result: "fail",
      message:
        "container app sets securityContext.privileged, container proxy sets securityContext.privileged. Remove securityContext.privileged, or add the one capability that is needed.",
    });
  });

  test("puts a bad object into every namespace, and expects no row for those of the platform", () => {
    const namespaces = documentsOf(textOf(audit, "resources.yaml")).flatMap((text) =>
      text.includes("name: bad-1") ? [/namespace: (.+)/.exec(text)?.[1]] : [],
    );
    expect(new Set(namespaces)).toEqual(
      new Set([
        "team-backend",
        "team-frontend",
        "argocd",
        "default",
        "istio-system",
        "kube-node-lease",
        "kube-public",
        "kube-system",
        "kyverno",
        "monitoring",
        "opentelemetry",
      ]),
    );
    expect(new Set(audit.expected.map(({ namespace }) => namespace))).toEqual(
      new Set(["team-backend", "team-frontend"]),
    );
  });

  test("gives the command line each of these namespaces as an object, with its label", () => {
    const values = textOf(audit, "values.yaml");
    const resources = textOf(audit, "resources.yaml");
    for (const [, namespace] of resources.matchAll(/^ {2}namespace: (.+)$/gm))
      expect(values).toContain(`kubernetes.io/metadata.name: ${namespace}\n`);
  });

  test("names no object twice", () => {
    for (const policy of policyCatalog) {
      const { expected } = kyvernoCase(policy, platform, production);
      expect(new Set(expected.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)).size).toBe(
        expected.length,
      );
    }
  });
});
