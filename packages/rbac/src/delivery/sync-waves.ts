/** A kind that Argo CD applies earlier or later than the rest, which is wave 0. */
export interface SyncWave {
  readonly group: string;
  readonly kind: string;
  readonly wave: number;
  readonly because: string;
}

/**
 * Every wave that there is. Argo CD orders what it knows within a wave by itself (accounts, roles, then workloads), and retries what comes too early; but it
 * holds back each later wave until the earlier one is healthy. So there is a wave only where an object is refused, and not merely waits, without another:
 * with a wave for dashboards, a Grafana that is down would hold back network policies.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 *
 * @example
 * const first = syncWaves.filter(({ wave }) => wave < 0).map(({ kind }) => kind);
 */
export const syncWaves: readonly SyncWave[] = [
  {
    group: "argoproj.io",
    kind: "AppProject",
    wave: -1,
    because:
      "An application of a project that is not there fails at once; both are custom resources, which Argo CD orders by name.",
  },
];

/** The annotation that puts a kind into its wave; none for wave 0. */
export function waveAnnotations(kind: string): Record<string, string> {
  const found = syncWaves.find((wave) => wave.kind === kind);
  return found === undefined ? {} : { "argocd.argoproj.io/sync-wave": String(found.wave) };
}
