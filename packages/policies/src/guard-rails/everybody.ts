import { controlsOf } from "../admission/policy.ts";
import { disallowEverybodyInClusterRoleBindings } from "../rbac/disallow-everybody.ts";
import { creates } from "./attempt.ts";
import { bindingsPlace, missingDay, onlyByBreakGlass, triedBinding } from "./break-glass-binding.ts";
import type { GuardRail } from "./guard-rail.ts";
import type { Guarded } from "./guarded.ts";

const everybody = [
  "system:authenticated",
  "system:unauthenticated",
  "system:serviceaccounts",
  "system:serviceaccounts:kube-system",
  "system:masters",
] as const;

/** Nobody gives a role to everybody, or to the group that passes every check. */
export function everybodyRail(guarded: Guarded): GuardRail {
  return {
    name: "guard-everybody",
    title: "Nobody gives a role to everybody",
    severity: "critical",
    control: controlsOf(disallowEverybodyInClusterRoleBindings),
    why: disallowEverybodyInClusterRoleBindings.why,
    fix: disallowEverybodyInClusterRoleBindings.fix,
    ...onlyByBreakGlass(guarded, disallowEverybodyInClusterRoleBindings.offenders),
    attempts: [
      ...everybody.map(
        (name) =>
          ({
            what: `gives a role to ${name}`,
            by: "cluster-admin",
            request: creates(bindingsPlace, triedBinding("view", name)),
            offenders: [`subject Group ${name} is not one team`, "jane is none of those who may", missingDay],
          }) as const,
      ),
      {
        what: "gives a role to everybody, for ever",
        by: "platform-admin",
        request: creates(bindingsPlace, triedBinding("view", "system:authenticated")),
        offenders: ["subject Group system:authenticated is not one team", missingDay],
      },
      {
        what: "gives a role to everybody until a day",
        by: "platform-admin",
        request: creates(bindingsPlace, triedBinding("view", "system:authenticated", { lastDay: "2999-12-31" })),
      },
      {
        what: "gives a role to a group",
        by: "cluster-admin",
        request: creates(bindingsPlace, triedBinding("view", "backend-developers")),
      },
    ],
  };
}
