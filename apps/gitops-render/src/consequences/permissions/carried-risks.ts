import type { Resource } from "@plinth/core";
import { type EscalationPath, riskHits } from "@plinth/rbac";

/** What roles and bindings carry beside what they say. */
export interface Risks {
  readonly paths: ReadonlyMap<string, EscalationPath>;
  /** By role: the risk, and the role's rules in words. */
  readonly aggregated: ReadonlyMap<string, { readonly role: string; readonly title: string }>;
}

/** Reads all roles, bindings and identities of one side. */
export function risksAmong(resources: readonly Resource[]): Risks {
  const hits = riskHits(resources);
  return {
    paths: new Map(hits.flatMap(({ path }) => (path === undefined ? [] : [[pathKey(path), path] as const]))),
    aggregated: new Map(
      hits.flatMap(({ risk, role }) =>
        risk.pattern.in === "aggregation" ? [[`${risk.id} ${role}`, { role, title: risk.title }] as const] : [],
      ),
    ),
  };
}

/** Tells ways apart. A role that somebody binds to themselves is what it allows: its name says nothing. */
function pathKey({ from, to, end, gains }: EscalationPath): string {
  return JSON.stringify([from, to.kind === "BoundRole" ? gains : to, end]);
}

/** Ways that are there after and were not before. */
export function openedPaths({ paths: was }: Risks, { paths: is }: Risks): readonly EscalationPath[] {
  return [...is].flatMap(([key, path]) => (was.has(key) ? [] : [path]));
}
