import type { Finding } from "@plinth/core";
import type { GuardRailOptions } from "./guarded.ts";

// Groups of more people, or pods, than apply a foundation.
const everybody: readonly string[] = ["system:authenticated", "system:serviceaccounts", "system:unauthenticated"];

/** What is wrong with the options of the rails. */
export function guardRailFindings({ keepers = {} }: GuardRailOptions): readonly Finding[] {
  return (keepers.groups ?? [])
    .filter((group) => everybody.includes(group) || group.startsWith("system:serviceaccounts:"))
    .map(
      (group): Finding => ({
        code: "invalid-field",
        severity: "error",
        path: "keepers.groups",
        message: `${JSON.stringify(group)} is everybody, or every pod of a namespace: the guard rails would hold nobody`,
        expected: "a group of the identity provider, or one account among keepers.users",
        example: '{ users: ["system:serviceaccount:pipelines:foundation"] }',
      }),
    );
}
