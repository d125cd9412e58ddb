import { type Finding, fieldAt } from "@plinth/core";
import type { GuardRail } from "@plinth/policies";
import { ClusterError } from "../cluster/cluster-error.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import { waitFor } from "../cluster/wait-for.ts";
import { attemptFindings, type Tried } from "./guard-rails-verdicts.ts";

const apiVersion = "admissionregistration.k8s.io/v1";

/** What is answered once the rails hold, a moment after they were stored; what is answered at the end where they do not. */
export async function heldBy(
  cluster: Cluster,
  rails: readonly Pick<GuardRail, "name">[],
  tryAll: () => Promise<readonly Tried[]>,
): Promise<readonly Tried[]> {
  for (const { name } of rails)
    await waitFor(`the rail ${name}`, () => cluster.get({ apiVersion, kind: "ValidatingAdmissionPolicy", name })).catch(
      () => undefined,
    );
  let tried: readonly Tried[] = [];
  await waitFor("the rails to hold", async () => {
    tried = await tryAll();
    return tried.every((one) => attemptFindings(one).length === 0);
  }).catch(() => undefined);
  return tried;
}

/** What the API server thinks of the expressions, checked against the types of the kinds that they are about. */
export async function expressionFindings(
  cluster: Cluster,
  rails: readonly Pick<GuardRail, "name">[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name } of rails) {
    const checked = await waitFor(`the types of ${name} to be checked`, async () => {
      const policy = await cluster.get({ apiVersion, kind: "ValidatingAdmissionPolicy", name });
      return fieldAt(policy, "status", "typeChecking") === undefined ? undefined : policy;
    });
    const warnings = fieldAt(checked, "status", "typeChecking", "expressionWarnings");
    if (warnings === undefined) continue;
    findings.push({
      code: "rejected-by-judge",
      severity: "error",
      component: "guard-rails",
      message: `the types of ${name} do not fit: ${JSON.stringify(warnings)}`,
      expected: "no warnings",
    });
  }
  return findings;
}

/** Takes the rails away. The API server never asks policies about policies, so nothing refuses. */
export async function taken(cluster: Cluster, rails: readonly Pick<GuardRail, "name">[]): Promise<void> {
  for (const { name } of rails) {
    const answer = await cluster.delete({ apiVersion, kind: "ValidatingAdmissionPolicyBinding", name });
    if (!answer.accepted && answer.status !== 404)
      throw new ClusterError(`The binding of ${name} cannot be deleted: ${answer.message}`);
  }
}
