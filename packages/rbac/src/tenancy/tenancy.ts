import { buildResource, type Environment, type FoundationComponent, type Quota, type Team } from "@plinth/core";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { limitRange } from "./limit-range.ts";
import { namespace } from "./namespace.ts";
import { quotaFindings } from "./quota-findings.ts";
import { resourceQuota, systemPriorityQuota } from "./resource-quota.ts";

/** The place of a team in a cluster: its namespace, how much it may take, and a default ServiceAccount without a token. */
export const tenancy: FoundationComponent = {
  name: "tenancy",
  layer: "foundation",
  perTeam: (_platform, environment, team) => {
    const quota = quotaIn(team, environment);
    return [
      namespace({
        name: team.namespace,
        podSecurity: environment.admission.podSecurity,
        kubernetes: environment.cluster.kubernetes,
      }),
      resourceQuota(team.namespace, quota),
      systemPriorityQuota(team.namespace),
      limitRange(team.namespace, quota),
      // CIS Kubernetes Benchmark 5.1.5: a pod that names no ServiceAccount gets no token.
      buildResource(ServiceAccount, {
        metadata: { name: "default", namespace: team.namespace },
        automountServiceAccountToken: false,
      }),
    ];
  },
  check: quotaFindings,
};

function quotaIn(team: Team, environment: Environment): Quota {
  const quota = team.quotas.get(environment.name);
  if (quota === undefined) throw new RangeError(`${team.name} has no quota in ${environment.name}`);
  return quota;
}
