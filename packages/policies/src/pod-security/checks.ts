import { cis, nsa, type PodSecurityControl, type PolicyControl } from "../admission/control.ts";

/** The id of a check in Kubernetes' own implementation of the Pod Security Standards. */
export type PodSecurityCheckId =
  | "allowPrivilegeEscalation"
  | "appArmorProfile"
  | "capabilities_baseline"
  | "capabilities_restricted"
  | "hostNamespaces"
  | "hostPathVolumes"
  | "hostPorts"
  | "hostProbesAndHostLifecycle"
  | "privileged"
  | "procMount"
  | "procMount_restricted"
  | "restrictedVolumes"
  | "runAsNonRoot"
  | "runAsUser"
  | "seLinuxOptions"
  | "seccompProfile_baseline"
  | "seccompProfile_restricted"
  | "sysctls"
  | "windowsHostProcess";

/** A check of the Pod Security Standards: where it belongs, and what became of it. */
export interface PodSecurityCheck {
  readonly level: PodSecurityControl["level"];
  /** The minor of Kubernetes that it begins with: `1.34`. */
  readonly since: string;
  /** What later minors made of it, the oldest first. */
  readonly changes: readonly { readonly since: string; readonly change: string }[];
  /** The check of the baseline whose place it takes at the restricted level. */
  readonly replaces?: PodSecurityCheckId;
  /** Recommendations of the CIS Kubernetes Benchmark that ask for the same. */
  readonly cis: readonly string[];
  /** Sections of the Kubernetes Hardening Guide of NSA and CISA that ask for the same. */
  readonly nsa: readonly string[];
}

/**
 * Every check of the Pod Security Standards up to Kubernetes 1.37.
 *
 * @see https://github.com/kubernetes/kubernetes/tree/v1.37.0/staging/src/k8s.io/pod-security-admission/policy
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 * @see https://www.cisecurity.org/benchmark/kubernetes
 * @see https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF
 */
export const podSecurityChecks: Readonly<Record<PodSecurityCheckId, PodSecurityCheck>> = {
  allowPrivilegeEscalation: {
    level: "restricted",
    since: "1.8",
    changes: [{ since: "1.25", change: "pods for Windows pass" }],
    cis: ["Minimize the admission of containers with allowPrivilegeEscalation"],
    nsa: ["Pod security enforcement"],
  },
  appArmorProfile: {
    level: "baseline",
    since: "1.0",
    changes: [],
    cis: ["Apply security context to your pods and containers"],
    nsa: ["Hardening container environments"],
  },
  capabilities_baseline: {
    level: "baseline",
    since: "1.0",
    changes: [],
    cis: [
      "Minimize the admission of containers with the NET_RAW capability",
      "Minimize the admission of containers with added capabilities",
    ],
    nsa: [],
  },
  capabilities_restricted: {
    level: "restricted",
    since: "1.22",
    changes: [{ since: "1.25", change: "pods for Windows pass" }],
    replaces: "capabilities_baseline",
    cis: [
      "Minimize the admission of containers with the NET_RAW capability",
      "Minimize the admission of containers with added capabilities",
      "Minimize the admission of containers with capabilities assigned",
    ],
    nsa: [],
  },
  hostNamespaces: {
    level: "baseline",
    since: "1.0",
    changes: [],
    cis: [
      "Minimize the admission of containers wishing to share the host process ID namespace",
      "Minimize the admission of containers wishing to share the host IPC namespace",
      "Minimize the admission of containers wishing to share the host network namespace",
    ],
    nsa: ["Pod security enforcement"],
  },
  hostPathVolumes: {
    level: "baseline",
    since: "1.0",
    changes: [],
    cis: ["Minimize the admission of HostPath volumes"],
    nsa: ["Pod security enforcement"],
  },
  hostPorts: {
    level: "baseline",
    since: "1.0",
    changes: [],
    cis: ["Minimize the admission of containers which use HostPorts"],
    nsa: [],
  },
  hostProbesAndHostLifecycle: { level: "baseline", since: "1.34", changes: [], cis: [], nsa: [] },
  privileged: {
    level: "baseline",
    since: "1.0",
    changes: [],
    cis: ["Minimize the admission of privileged containers"],
    nsa: ["Pod security enforcement"],
  },
  procMount: {
    level: "baseline",
    since: "1.0",
    changes: [{ since: "1.35", change: "pods with hostUsers: false pass" }],
    cis: [],
    nsa: [],
  },
  procMount_restricted: {
    level: "restricted",
    since: "1.35",
    changes: [],
    replaces: "procMount",
    cis: [],
    nsa: [],
  },
  restrictedVolumes: {
    level: "restricted",
    since: "1.0",
    changes: [],
    replaces: "hostPathVolumes",
    cis: ["Minimize the admission of HostPath volumes"],
    nsa: ["Pod security enforcement"],
  },
  runAsNonRoot: {
    level: "restricted",
    since: "1.0",
    changes: [{ since: "1.35", change: "pods with hostUsers: false pass" }],
    cis: ["Minimize the admission of root containers"],
    nsa: ["Non-root containers"],
  },
  runAsUser: {
    level: "restricted",
    since: "1.23",
    changes: [{ since: "1.35", change: "pods with hostUsers: false pass" }],
    cis: ["Minimize the admission of root containers"],
    nsa: ["Non-root containers"],
  },
  seLinuxOptions: {
    level: "baseline",
    since: "1.0",
    changes: [{ since: "1.31", change: "the type container_engine_t is allowed" }],
    cis: ["Apply security context to your pods and containers"],
    nsa: ["Hardening container environments"],
  },
  seccompProfile_baseline: {
    level: "baseline",
    since: "1.0",
    changes: [{ since: "1.19", change: "reads the field and no longer the annotation" }],
    cis: ["Ensure that the seccomp profile is set to docker/default in your pod definitions"],
    nsa: ["Hardening container environments"],
  },
  seccompProfile_restricted: {
    level: "restricted",
    since: "1.19",
    changes: [{ since: "1.25", change: "pods for Windows pass" }],
    replaces: "seccompProfile_baseline",
    cis: ["Ensure that the seccomp profile is set to docker/default in your pod definitions"],
    nsa: ["Hardening container environments"],
  },
  sysctls: {
    level: "baseline",
    since: "1.0",
    changes: [
      { since: "1.27", change: "net.ipv4.ip_local_reserved_ports is allowed" },
      { since: "1.29", change: "net.ipv4.tcp_keepalive_time, _intvl, _probes and tcp_fin_timeout are allowed" },
      { since: "1.32", change: "net.ipv4.tcp_rmem and tcp_wmem are allowed" },
      { since: "1.37", change: "net.ipv4.tcp_slow_start_after_idle and tcp_notsent_lowat are allowed" },
    ],
    cis: [],
    nsa: [],
  },
  windowsHostProcess: {
    level: "baseline",
    since: "1.0",
    changes: [],
    cis: ["Minimize the admission of Windows HostProcess containers"],
    nsa: [],
  },
};

/** The controls that a policy implements by a check: that of the Pod Security Standards first. */
export function podSecurityControls(check: PodSecurityCheckId): readonly PolicyControl[] {
  const { level, cis: recommendations, nsa: sections } = podSecurityChecks[check];
  return [{ standard: "pod-security", level, check }, ...recommendations.map(cis), ...sections.map(nsa)];
}
