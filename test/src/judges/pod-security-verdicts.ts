import { type Finding, fieldAt, isRecord, textAt } from "@plinth/core";
import {
  controlsOf,
  type PodSecurityCheckId,
  type PodSecurityControl,
  type Policy,
  podSecurityChecks,
} from "@plinth/policies";
import type { KubernetesObject } from "../cluster/kubernetes-object.ts";
import type { PodSecurityTestPod } from "./pod-security-pods.ts";

/** What a policy object says of an object. */
export interface PolicyRow {
  readonly policy: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly result: string;
  readonly message: string;
}

/** A test pod in one of its shapes: as a Pod, or inside a controller. */
export interface TriedPod {
  readonly test: PodSecurityTestPod;
  readonly object: KubernetesObject;
}

/** A policy, and the name of the object that it is tried as. */
export interface TriedPolicy {
  readonly policy: Policy;
  readonly objectName: string;
}

/** What is tried at a minor of Kubernetes. */
export interface PodSecurityTrial {
  readonly kubernetes: string;
  readonly policies: readonly TriedPolicy[];
  readonly pods: readonly TriedPod[];
}

/** The rows of a report of the Kyverno command line; `undefined` when it printed none. A preamble may stand before it. */
export function policyRows(output: string): readonly PolicyRow[] | undefined {
  const start = output.indexOf('{"kind"');
  if (start === -1) return undefined;
  const results = fieldAt(JSON.parse(output.slice(start)), "results");
  return (Array.isArray(results) ? results : []).filter(isRecord).flatMap((row) => {
    const resources = Array.isArray(row.resources) ? row.resources : [];
    return resources.map(
      (resource: unknown): PolicyRow => ({
        policy: textAt(row, "policy"),
        kind: textAt(resource, "kind"),
        namespace: textAt(resource, "namespace"),
        name: textAt(resource, "name"),
        result: textAt(row, "result"),
        message: textAt(row, "message"),
      }),
    );
  });
}

/** Where a policy and Kubernetes do not agree about a test pod. */
export interface PodSecurityDisagreement {
  readonly kubernetes: string;
  readonly policy: string;
  readonly kind: string;
  readonly test: PodSecurityTestPod;
  readonly said: string;
  readonly expected: string;
}

/**
 * Where policies and Kubernetes do not agree: a pod that has to pass must pass every policy of its level; one that has to fail must fail the policy of
 * the check that it is about, and no policy of another check, unless it cannot help it. Every policy of the level has exactly one row.
 */
export function podSecurityDisagreements(
  { kubernetes, policies, pods }: PodSecurityTrial,
  rows: ReadonlyMap<string, readonly PolicyRow[]>,
): readonly PodSecurityDisagreement[] {
  return pods.flatMap(({ test, object }) =>
    policies.flatMap(({ policy, objectName }): PodSecurityDisagreement[] => {
      const { level, check } = podSecurityOf(policy);
      if (level === "restricted" && test.level === "baseline") return [];
      const { kind, metadata } = object;
      const key = keyOf({ policy: objectName, kind, namespace: metadata.namespace ?? "", name: metadata.name });
      const found = rows.get(key) ?? [];
      const expected = expectedResults(test, check);
      if (found.length === 1 && found.every(({ result }) => expected.includes(result))) return [];
      return [
        { kubernetes, policy: policy.name, kind, test, said: describeRows(found), expected: expected.join(" or ") },
      ];
    }),
  );
}

function describeRows(rows: readonly PolicyRow[]): string {
  if (rows.length === 0) return "does not judge it";
  return `says ${rows.map(({ result, message }) => (result === "pass" ? result : `${result}: ${message}`)).join("; ")}`;
}

/** A finding for each policy and pod: what several minors have in common is said once. */
export function podSecurityFindings(disagreements: readonly PodSecurityDisagreement[]): readonly Finding[] {
  const alike = Map.groupBy(disagreements, ({ policy, kind, test: { level, verdict, name }, said, expected }) =>
    JSON.stringify([policy, kind, level, verdict, name, said, expected]),
  );
  return [...alike.values()].flatMap((same): Finding[] => {
    const [first] = same;
    if (first === undefined) return [];
    return [
      {
        code: "rejected-by-judge",
        severity: "error",
        path: `policies[${first.policy}]`,
        resource: `${first.kind} ${same.at(-1)?.test.file}`,
        message: `${first.policy} ${first.said}, at Kubernetes ${same.map(({ kubernetes }) => kubernetes).join(", ")}`,
        expected: first.expected,
      },
    ];
  });
}

/** Rows by policy and object. */
export function rowsByObject(rows: readonly PolicyRow[]): ReadonlyMap<string, readonly PolicyRow[]> {
  return Map.groupBy(rows, keyOf);
}

function keyOf({ policy, kind, namespace, name }: Omit<PolicyRow, "result" | "message">): string {
  return [policy, kind, namespace, name].join("\u0000");
}

/** What the policy of a check may say of a pod. */
function expectedResults(test: PodSecurityTestPod, check: string): readonly string[] {
  if (test.verdict === "pass") return ["pass"];
  if (test.check === check.toLowerCase()) return ["fail"];
  return sameMatter(test.check ?? "", check) || unavoidable[test.check ?? ""] === check ? ["pass", "fail"] : ["pass"];
}

/** Checks that a pod fails beside the one that it is about, because the API server takes no pod that does otherwise, or because it sets nothing at all. */
const unavoidable: Readonly<Record<string, PodSecurityCheckId>> = {
  // A HostProcess pod has to be in the network of its node.
  windowshostprocess: "hostNamespaces",
  // A privileged container cannot forbid privilege escalation.
  privileged: "allowPrivilegeEscalation",
  // One of its containers has no security context.
  allowprivilegeescalation: "capabilities_restricted",
};

/** True when one of two checks takes the place of the other at the restricted level, so that a pod may fail both. */
function sameMatter(testedCheck: string, check: string): boolean {
  return Object.entries(podSecurityChecks).some(([id, { replaces }]) => {
    const pair = [id.toLowerCase(), replaces?.toLowerCase()];
    return replaces !== undefined && pair.includes(testedCheck) && pair.includes(check.toLowerCase());
  });
}

/** The check of the Pod Security Standards that a policy implements, and its level. Throws a TypeError when it implements none. */
export function podSecurityOf(policy: Policy): PodSecurityControl {
  for (const control of controlsOf(policy)) if (control.standard === "pod-security") return control;
  throw new TypeError(`${policy.name} implements no check of the Pod Security Standards`);
}
