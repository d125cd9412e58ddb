import { buildResource, type Environment, type Resource, teamNamed } from "@plinth/core";
import { Pod } from "kubernetes-models/v1/Pod";
import { cel } from "../admission/cel.ts";
import { type TeamEntry, teamTable } from "../tenancy/team-table.ts";
import { type Attempt, changes, connects } from "./attempt.ts";
import type { GuardRail } from "./guard-rail.ts";
import { type Guarded, lastResort } from "./guarded.ts";

const tried = "tried";

/**
 * Nobody enters pods of teams where they are closed, whatever RBAC says: no shell, no forwarded port, no debugging container. Break-glass opens what it is
 * declared for. Nothing where pods are open, or where there is no team.
 */
export function closedPodsRail({ platform, teamNamespaces }: Guarded, environment: Environment): GuardRail | undefined {
  const [namespace] = teamNamespaces;
  if (namespace === undefined || (environment.access.exec && !environment.production)) return undefined;
  const emergencies = platform.breakGlass.filter((entry) => entry.environment === environment.name);
  const entries = platform.teams.map(
    (team): TeamEntry<readonly string[]> => ({
      namespace: team.namespace,
      value: [
        ...new Set(
          emergencies
            .filter((entry) => entry.team === undefined || teamNamed(platform, entry.team) === team)
            .map(({ group }) => group),
        ),
      ].sort(),
    }),
  );
  const enters = (subresource: string) => connects(namespace, tried, subresource);
  const clause = (subresource: string) => [`jane enters pod ${tried} of ${namespace} by ${subresource}`] as const;
  const debugs = changes(
    { apiVersion: "v1", resource: "pods", namespace, name: tried, subresource: "ephemeralcontainers" },
    { spec: { ephemeralContainers: [{ name: "debug", image: "registry.example.com/debug:1.0.0", ...restricted }] } },
  );
  return {
    name: "guard-closed-pods",
    title: "Nobody enters pods where they are closed",
    severity: "high",
    why: "In a pod one is the service: its secrets, its database, its name in every log.",
    fix: `Look at logs, traces and metrics; in an emergency declare a breakGlass for the team, which ${platform.groups.admins} apply.`,
    spares: [{ groups: [lastResort], users: [] }],
    operations: ["CONNECT"],
    resources: [
      { group: "", versions: ["v1"], resources: ["pods/attach", "pods/exec", "pods/portforward", "pods/proxy"] },
      { group: "", versions: ["v1"], resources: ["pods/ephemeralcontainers"], operations: ["UPDATE"] },
    ],
    namespaces: entries.map((entry) => entry.namespace),
    variables: { openTo: teamTable(entries) },
    offenders: cel`request.userInfo.groups.exists(group, group in variables.openTo) ? []
      : [request.userInfo.username + ' enters pod ' + request.name + ' of ' + request.namespace + ' by ' + request.subResource]`,
    before: [pod(namespace)],
    attempts: [
      {
        what: "opens a shell in a pod",
        by: "cluster-admin",
        request: enters("exec?command=sh&stdout=true"),
        offenders: clause("exec"),
      },
      {
        what: "attaches to a pod",
        by: "cluster-admin",
        request: enters("attach?stdout=true"),
        offenders: clause("attach"),
      },
      {
        what: "forwards a port of a pod",
        by: "cluster-admin",
        request: enters("portforward"),
        offenders: clause("portforward"),
      },
      {
        what: "talks to a pod through the API server",
        by: "cluster-admin",
        request: enters("proxy"),
        offenders: clause("proxy"),
      },
      {
        what: "starts a debugging container",
        by: "cluster-admin",
        request: debugs,
        offenders: clause("ephemeralcontainers"),
      },
      ...(["break-glass", "last-resort"] as const).flatMap((by): readonly Attempt[] =>
        by === "break-glass" && !emergencies.some(({ role, team }) => team === undefined && role === "cluster-admin")
          ? []
          : [
              { what: "opens a shell in a pod", by, request: enters("exec?command=sh&stdout=true") },
              { what: "starts a debugging container", by, request: debugs },
            ],
      ),
    ],
  };
}

const restricted = {
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
};

/** A pod that the restricted level admits. */
function pod(namespace: string): Resource {
  return buildResource(Pod, {
    metadata: { name: tried, namespace },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: "RuntimeDefault" } },
      containers: [{ name: "app", image: "registry.example.com/app:1.0.0", ...restricted }],
    },
  });
}
