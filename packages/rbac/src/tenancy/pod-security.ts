import type { PodSecurityLevel } from "@plinth/core";

/** The levels at which Pod Security admission refuses, records and warns. */
export interface PodSecurityLevels {
  readonly enforce: PodSecurityLevel;
  readonly audit: PodSecurityLevel;
  readonly warn: PodSecurityLevel;
}

/**
 * The labels that Pod Security admission reads from a namespace, pinned to a version of the standards: an upgrade of the cluster refuses no pod that
 * it admitted before.
 *
 * @example
 * const labels: Record<string, string> = podSecurityLabels({ enforce: "baseline", audit: "restricted", warn: "restricted" }, "1.36");
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces
 */
export function podSecurityLabels(levels: PodSecurityLevels, kubernetes: string): Record<string, string> {
  const modes = ["enforce", "audit", "warn"] as const;
  return Object.fromEntries(
    modes.flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, levels[mode]],
      [`pod-security.kubernetes.io/${mode}-version`, `v${kubernetes}`],
    ]),
  );
}
