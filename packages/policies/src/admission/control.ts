/**
 * The control of a public standard that a policy implements. `check` is the id of the check in Kubernetes' own implementation.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export interface PodSecurityControl {
  readonly standard: "pod-security";
  readonly level: "baseline" | "restricted";
  readonly check: string;
}

/**
 * A recommendation of the CIS Kubernetes Benchmark, by its title: numbers move from one release to the next, titles hardly do.
 *
 * @see https://www.cisecurity.org/benchmark/kubernetes
 */
export interface CisControl {
  readonly standard: "cis-kubernetes-benchmark";
  /** `Minimize wildcard use in Roles and ClusterRoles` */
  readonly recommendation: string;
}

/**
 * A section of the Kubernetes Hardening Guide of NSA and CISA, version 1.2.
 *
 * @see https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF
 */
export interface NsaControl {
  readonly standard: "nsa-kubernetes-hardening";
  /** `Protecting Pod service account tokens` */
  readonly section: string;
}

/** A control of a public standard. */
export type PolicyControl = PodSecurityControl | CisControl | NsaControl;

/**
 * A recommendation of the CIS Kubernetes Benchmark.
 *
 * @example
 * cis("Minimize wildcard use in Roles and ClusterRoles");
 */
export function cis(recommendation: string): CisControl {
  return { standard: "cis-kubernetes-benchmark", recommendation };
}

/**
 * A section of the Kubernetes Hardening Guide of NSA and CISA.
 *
 * @example
 * nsa("Secrets");
 */
export function nsa(section: string): NsaControl {
  return { standard: "nsa-kubernetes-hardening", section };
}

/**
 * A control as people write it.
 *
 * @example
 * describeControl(nsa("Secrets")); // NSA/CISA hardening guide: Secrets
 */
export function describeControl(control: PolicyControl): string {
  switch (control.standard) {
    case "pod-security":
      return `Pod Security Standards, ${control.level}: ${control.check}`;
    case "cis-kubernetes-benchmark":
      return `CIS Kubernetes Benchmark: ${control.recommendation}`;
    case "nsa-kubernetes-hardening":
      return `NSA/CISA hardening guide: ${control.section}`;
  }
}
