import { minorOf } from "../admission/policy.ts";

/** What the Pod Security Standards say in one minor of Kubernetes, where minors differ. */
export interface PodSecurityRules {
  /** Types that seLinuxOptions may name; the empty one is none. */
  readonly seLinuxTypes: readonly string[];
  /** Names that sysctls may have. */
  readonly sysctls: readonly string[];
  /** A pod in a user namespace (`hostUsers: false`) may be root there, and see an unmasked /proc: neither is the node's. */
  readonly trustsUserNamespaces: boolean;
}

/** What a minor of Kubernetes began to allow. */
interface RuleChange {
  readonly since: string;
  readonly seLinuxTypes?: readonly string[];
  readonly sysctls?: readonly string[];
  readonly trustsUserNamespaces?: true;
}

// k8s.io/pod-security-admission v0.37.0, policy/check_seLinuxOptions.go, check_sysctls.go, check_procMount_baseline.go, check_runAsNonRoot.go, check_runAsUser.go
const ruleChanges: readonly RuleChange[] = [
  {
    since: "1.0",
    seLinuxTypes: ["", "container_t", "container_init_t", "container_kvm_t"],
    sysctls: [
      "kernel.shm_rmid_forced",
      "net.ipv4.ip_local_port_range",
      "net.ipv4.ip_unprivileged_port_start",
      "net.ipv4.ping_group_range",
      "net.ipv4.tcp_syncookies",
    ],
  },
  { since: "1.27", sysctls: ["net.ipv4.ip_local_reserved_ports"] },
  {
    since: "1.29",
    sysctls: [
      "net.ipv4.tcp_fin_timeout",
      "net.ipv4.tcp_keepalive_intvl",
      "net.ipv4.tcp_keepalive_probes",
      "net.ipv4.tcp_keepalive_time",
    ],
  },
  { since: "1.31", seLinuxTypes: ["container_engine_t"] },
  { since: "1.32", sysctls: ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"] },
  { since: "1.35", trustsUserNamespaces: true },
  { since: "1.37", sysctls: ["net.ipv4.tcp_notsent_lowat", "net.ipv4.tcp_slow_start_after_idle"] },
];

/** The newest minor of Kubernetes whose rules these are. */
export const newestMinor = "1.37";

/**
 * The rules of a minor of Kubernetes. One that is newer than the last change has the rules of that change, as in Kubernetes itself.
 */
export function podSecurityRules(kubernetes: string): PodSecurityRules {
  const minor = minorOf(kubernetes);
  const changes = ruleChanges.filter(({ since }) => minorOf(since) <= minor);
  return {
    seLinuxTypes: changes.flatMap(({ seLinuxTypes = [] }) => seLinuxTypes),
    sysctls: changes.flatMap(({ sysctls = [] }) => sysctls).sort(),
    trustsUserNamespaces: changes.some(({ trustsUserNamespaces = false }) => trustsUserNamespaces),
  };
}
