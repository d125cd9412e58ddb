/** How Argo CD tells the health of a kind that it does not know. */
export interface ResourceHealth {
  readonly group: string;
  readonly kind: string;
  /** What the script goes by. */
  readonly because: string;
  readonly lua: string;
}

// Sloth's controller writes these once it has made rules (pkg/kubernetes/api/sloth/v1/types.go). Where the rules are rendered no controller touches the object.
const serviceLevelHealth = `if obj.metadata.labels ~= nil and obj.metadata.labels["plinth.dev/rules"] == "rendered" then
  return { status = "Healthy", message = "Its rules are rendered; no controller makes them" }
end
if obj.status == nil or obj.status.observedGeneration ~= obj.metadata.generation then
  return { status = "Progressing", message = "Waits for the Sloth controller" }
end
if obj.status.promOpRulesGenerated then
  return { status = "Healthy", message = "The rules of every SLO are there" }
end
return { status = "Degraded", message = "Sloth could not make rules of it" }
`;

// The operator writes bindings only behind its feature gate StatusForConfigurationResources (Documentation/api-reference/api.md): silence is no fault.
const bindingsHealth = `if obj.status ~= nil and obj.status.bindings ~= nil then
  for _, binding in ipairs(obj.status.bindings) do
    for _, condition in ipairs(binding.conditions or {}) do
      if condition.type == "Accepted" and condition.status == "False" then
        return {
          status = "Degraded",
          message = binding.resource .. " " .. binding.namespace .. "/" .. binding.name .. ": " .. (condition.message or condition.reason or "not accepted")
        }
      end
    end
  end
end
return { status = "Healthy", message = "Nothing refuses it" }
`;

// cilium pkg/k8s/apis/cilium.io/v2/cnp_types.go: the operator validates each policy, and says so in one condition.
const networkPolicyHealth = `if obj.status ~= nil and obj.status.conditions ~= nil then
  for _, condition in ipairs(obj.status.conditions) do
    if condition.type == "Valid" and condition.status == "False" then
      return { status = "Degraded", message = condition.message or "Cilium cannot read the policy, and does not enforce it" }
    end
  end
end
return { status = "Healthy", message = "Nothing refuses it" }
`;

const bound = "The operator's conditions of each Prometheus that selects it; without its feature gate there are none.";

/**
 * Health of the custom resources that are delivered through Argo CD and that it has no check for. It brings its own for Grafana's, External Secrets', cert-manager's
 * and the OpenTelemetry Collector's kinds; an Instrumentation has no status to look at.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/#custom-health-checks
 * @see https://github.com/argoproj/argo-cd/tree/v3.5.7/resource_customizations
 */
export const resourceHealth: readonly ResourceHealth[] = [
  { group: "cilium.io", kind: "CiliumNetworkPolicy", because: "Cilium's condition `Valid`.", lua: networkPolicyHealth },
  { group: "monitoring.coreos.com", kind: "PodMonitor", because: bound, lua: bindingsHealth },
  { group: "monitoring.coreos.com", kind: "PrometheusRule", because: bound, lua: bindingsHealth },
  { group: "monitoring.coreos.com", kind: "ServiceMonitor", because: bound, lua: bindingsHealth },
  {
    group: "sloth.slok.dev",
    kind: "PrometheusServiceLevel",
    because: "Sloth's status, where a Sloth controller makes the rules.",
    lua: serviceLevelHealth,
  },
];
