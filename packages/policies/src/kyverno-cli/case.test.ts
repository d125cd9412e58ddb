import { plan } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { admissionPolicies } from "../admission/admission-policies.ts";
import { policyCatalog } from "../admission/catalog.ts";
import { pods } from "../admission/match.ts";
import { requirePodSecurityLevel } from "../compliance/require-pod-security-level.ts";
import { disallowPrivilegedContainers } from "../pod-security/disallow-privileged-containers.ts";
import { disallowClusterAdminBindings } from "../rbac/disallow-cluster-admin.ts";
import { kyvernoCase, placementCase } from "./case.ts";

const platform = examplePlatform({ environments: [exampleDevelopment(), exampleProduction()] });
const [development, production] = platform.environments;
if (development === undefined || production === undefined) throw new Error("the example has two environments");

const textOf = ({ files }: ReturnType<typeof kyvernoCase>, path: string): string =>
  files.find((file) => file.path === path)?.text ?? "";
const documentsOf = (text: string): string[] => text.split("---\n");

describe("a case for the Kyverno command line", () => {
  const audit = kyvernoCase(disallowPrivilegedContainers, platform, development);
  const places = placementCase(disallowPrivilegedContainers, platform, development);
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

  test("of places puts a bad object into every namespace, and expects no row for those of the platform", () => {
    const namespaces = documentsOf(textOf(places, "resources.yaml")).flatMap((text) =>
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
    expect(places.expected.map(({ namespace }) => namespace)).toEqual(["team-backend", "team-frontend"]);
  });

  test("of places in no namespace expects a skip for each name of the platform", () => {
    const { expected } = placementCase(disallowClusterAdminBindings, platform, production);
    expect(expected.filter(({ result }) => result === "fail")).toHaveLength(1);
    expect(expected.find(({ name }) => name === "kyverno:bad-1")).toMatchObject({ namespace: "", result: "skip" });
  });

  test("gives each Namespace a name of its own, for which the policy is rendered", () => {
    const { expected, files } = kyvernoCase(requirePodSecurityLevel, platform, production);
    expect(expected.map(({ name, namespace }) => [name, namespace])).toEqual(expected.map(({ name }) => [name, ""]));
    expect(new Set(expected.map(({ name }) => name)).size).toBe(expected.length);
    for (const { name } of expected)
      expect(files.find(({ path }) => path === "policy.yaml")?.text).toContain(`- ${name}\n`);
  });

  test("has a test for kyverno test with the same rows", () => {
    const text = textOf(enforce, "kyverno-test.yaml");
    expect(text.match(/result: (pass|fail)/g)).toEqual(enforce.expected.map(({ result }) => `result: ${result}`));
    for (const { namespace, name } of enforce.expected) expect(text).toContain(`- ${namespace}/${name}\n`);
  });

  test("gives the command line each of these namespaces as an object, with its label", () => {
    const values = textOf(places, "values.yaml");
    const resources = textOf(places, "resources.yaml");
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
