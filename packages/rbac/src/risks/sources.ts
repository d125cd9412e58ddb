// Public descriptions of the risks.

/** A section of Kubernetes' good practices for RBAC. */
export function goodPractice(section: string): string {
  return `https://kubernetes.io/docs/concepts/security/rbac-good-practices/#${section}`;
}

/** A control of kubescape. */
export function kubescape(control: string): string {
  return `https://kubescape.io/docs/controls/${control.toLowerCase()}/`;
}

/** A policy of rbac-police. */
export function rbacPolice(policy: string): string {
  return `https://github.com/PaloAltoNetworks/rbac-police/blob/main/lib/${policy}.rego`;
}

/** The table of KubiScan. */
export const kubiScan = "https://github.com/cyberark/KubiScan/blob/master/risky_roles.yaml";
