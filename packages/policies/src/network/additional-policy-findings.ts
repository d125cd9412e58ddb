import type { AdditionalPolicy, Environment, Finding, NetworkPlugin } from "@plinth/core";

interface Enforcement {
  /** Who enforces policies of the kind. */
  readonly by: readonly NetworkPlugin[];
  readonly severity: Finding["severity"];
  readonly hint: string;
}

/** Who enforces policies beside NetworkPolicy. */
const enforcement: Readonly<Record<AdditionalPolicy, Enforcement>> = {
  cilium: {
    by: ["cilium"],
    severity: "error",
    hint: "only Cilium installs the kind; an API server without it refuses the policies",
  },
  "cluster-network-policy": {
    // https://network-policy-api.sigs.k8s.io/implementations/
    by: ["calico"],
    severity: "warning",
    hint: "kube-network-policies enforces it beside any CNI; EKS's own kind of that name is another one",
  },
};

/** Policies that an environment asks for and that its CNI does not enforce. */
export function additionalPolicyFindings({ name, network, source }: Environment): readonly Finding[] {
  return network.additionalPolicies.flatMap((policy, index): Finding[] => {
    const { by, severity, hint } = enforcement[policy];
    return by.includes(network.cni)
      ? []
      : [
          {
            code: severity === "error" ? "conflicting-fields" : "without-effect",
            severity,
            ...(source === undefined ? {} : { source }),
            path: `environments[${name}].network.additionalPolicies[${index}]`,
            message: `asks for ${policy}, which the CNI ${network.cni} does not enforce`,
            expected: `cni: ${by.map((cni) => JSON.stringify(cni)).join(" or ")}, or no such policies`,
            example: `cni: ${JSON.stringify(by[0])}`,
            hint,
          },
        ];
  });
}
