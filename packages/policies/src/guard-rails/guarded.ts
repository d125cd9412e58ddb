import { componentsWithRole, type Platform } from "@plinth/core";
import type { Requesters } from "../native-admission/requesters.ts";

/** What a guard rail is told of a platform. */
export interface Guarded {
  readonly platform: Platform;
  /** Who applies the foundation: they pass the rails that keep others from changing it. */
  readonly keepers: Requesters;
  /** Kyverno's own accounts. */
  readonly kyverno: Requesters;
  readonly kyvernoNamespace: string;
  readonly teamNamespaces: readonly string[];
  /** The namespace of Argo CD, in which the accounts live that it delivers as. */
  readonly deliveryNamespace: string;
}

/** Who else passes, where a platform is not applied by its admins. */
export interface GuardRailOptions {
  /** Who applies the foundation besides the platform's admins: the account of a pipeline. @default nobody */
  readonly keepers?: Partial<Requesters>;
}

/** Passes every check of permissions: the certificate of last resort, and what sets up a cluster. */
export const lastResort: string = "system:masters";

// Roles of the whole cluster that may change the foundation.
const keepingRoles: readonly string[] = ["platform-admin", "cluster-admin"];

/** What the rails of a platform are about. */
export function guardedOf(platform: Platform, { keepers = {} }: GuardRailOptions = {}): Guarded {
  const kyverno = componentsWithRole(platform, "admission")[0]?.namespace ?? "kyverno";
  return {
    platform,
    keepers: {
      groups: unique(lastResort, platform.groups.admins, ...breakGlassGroups(platform), ...(keepers.groups ?? [])),
      users: unique(...(keepers.users ?? [])),
    },
    kyverno: { groups: [`system:serviceaccounts:${kyverno}`], users: [] },
    kyvernoNamespace: kyverno,
    teamNamespaces: unique(...platform.teams.map(({ namespace }) => namespace)),
    deliveryNamespace: componentsWithRole(platform, "delivery")[0]?.namespace ?? "argocd",
  };
}

/** Whoever may set a cluster up in an emergency. Of all environments: in the others the group holds no role, and one file serves all. */
function breakGlassGroups({ breakGlass }: Platform): readonly string[] {
  return breakGlass.filter(({ role }) => keepingRoles.includes(role)).map(({ group }) => group);
}

function unique(...names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
