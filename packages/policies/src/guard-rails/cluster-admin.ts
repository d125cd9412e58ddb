import { controlsOf } from "../admission/policy.ts";
import { disallowClusterAdminInNamespaces } from "../rbac/disallow-cluster-admin.ts";
import { type Attempt, type AttemptPlace, changes, creates } from "./attempt.ts";
import { bindingsPlace, missingDay, onlyByBreakGlass, triedBinding } from "./break-glass-binding.ts";
import type { GuardRail } from "./guard-rail.ts";
import type { Guarded } from "./guarded.ts";

const given = "roleRef is cluster-admin";
const notJane = "jane is none of those who may";
const existing = "given-before";

/** Nobody becomes cluster-admin but for an emergency with a last day. The expression is that of Kyverno's policy about namespaces, which is true of both kinds. */
export function clusterAdminRail(guarded: Guarded): GuardRail {
  const [namespace] = guarded.teamNamespaces;
  const binds = (options?: Parameters<typeof triedBinding>[2]) =>
    creates(bindingsPlace, triedBinding("cluster-admin", "everything", options));
  const atExisting: AttemptPlace = { ...bindingsPlace, name: existing };
  return {
    name: "guard-cluster-admin",
    title: "Nobody is given cluster-admin",
    severity: "critical",
    control: controlsOf(disallowClusterAdminInNamespaces),
    why: "cluster-admin is every permission there is and will be: it cannot be reviewed, and nothing but this rail keeps one who has it from handing it on.",
    fix: `Bind a role that names what is needed; for an emergency declare a breakGlass with its last day, which ${guarded.platform.groups.admins} apply.`,
    ...onlyByBreakGlass(guarded, disallowClusterAdminInNamespaces.offenders),
    before: [triedBinding("cluster-admin", "helpers", { name: existing })],
    attempts: [
      {
        what: "binds a group to cluster-admin",
        by: "cluster-admin",
        request: binds(),
        offenders: [given, notJane, missingDay],
      },
      {
        what: "binds a group to cluster-admin, and calls it break-glass",
        by: "cluster-admin",
        request: binds({ lastDay: "2999-12-31" }),
        offenders: [given, notJane],
      },
      {
        what: "makes a binding to cluster-admin that nobody is in yet",
        by: "cluster-admin",
        request: creates(bindingsPlace, triedBinding("cluster-admin", undefined)),
        offenders: [given, notJane, missingDay],
      },
      {
        what: "changes who is in a binding that is there",
        by: "cluster-admin",
        request: changes(atExisting, { subjects: [] }),
        offenders: [given, notJane, missingDay],
      },
      {
        what: "binds a group to cluster-admin for ever",
        by: "platform-admin",
        request: binds(),
        offenders: [given, missingDay],
      },
      {
        what: "binds a group to cluster-admin until a day that is past",
        by: "platform-admin",
        request: binds({ lastDay: "2020-02-29" }),
        offenders: [given, "its last day 2020-02-29 is past"],
      },
      {
        what: "binds a group to cluster-admin until no day",
        by: "last-resort",
        request: binds({ lastDay: "tomorrow" }),
        offenders: [given, missingDay],
      },
      {
        what: "makes a binding that is there break-glass that is past",
        by: "last-resort",
        request: changes(atExisting, { metadata: { annotations: { "plinth.dev/until": "2020-02-29" } } }),
        offenders: [given, "its last day 2020-02-29 is past"],
      },
      ...(namespace === undefined ? [] : attemptsIn(namespace)),
      {
        what: "binds a group to cluster-admin until a day",
        by: "platform-admin",
        request: binds({ lastDay: "2999-12-31" }),
      },
      {
        what: "binds a group to cluster-admin until a day",
        by: "last-resort",
        request: binds({ lastDay: "2999-12-31" }),
      },
      {
        what: "labels a binding that is there",
        by: "cluster-admin",
        request: changes(atExisting, { metadata: { labels: { seen: "true" } } }),
      },
      {
        what: "binds a group to view",
        by: "cluster-admin",
        request: creates(bindingsPlace, triedBinding("view", "everything")),
      },
    ],
  };
}

function attemptsIn(namespace: string): readonly Attempt[] {
  const place = { ...bindingsPlace, resource: "rolebindings", namespace };
  return [
    {
      what: "binds a group to cluster-admin in a team's namespace",
      by: "cluster-admin",
      request: creates(place, triedBinding("cluster-admin", "everything", { namespace })),
      offenders: [given, notJane, missingDay],
    },
    {
      what: "binds a group to a Role of that name",
      by: "cluster-admin",
      request: creates(place, triedBinding("cluster-admin", "everything", { kind: "Role", namespace })),
    },
  ];
}
