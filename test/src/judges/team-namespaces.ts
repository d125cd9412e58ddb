import { type Environment, type Finding, fieldAt, isRecord, type Platform, type Team } from "@plinth/core";
import type { Answer } from "../cluster/answer.ts";
import type { KubernetesObject } from "../cluster/kubernetes-object.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import { waitFor } from "../cluster/wait-for.ts";

/** In a team's namespace Pod Security refuses, the LimitRange fills in, and the quota refuses one pod too many. */
export async function teamNamespaceFindings(
  cluster: Cluster,
  platform: Platform,
  environment: Environment,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const team of platform.teams)
    findings.push(...(await podSecurity(cluster, environment, team)), ...(await defaults(cluster, environment, team)));
  // One team is enough to see the quota counted: its pods are many.
  const [first] = platform.teams;
  if (first !== undefined) findings.push(...(await oneTooMany(cluster, environment, first)));
  return findings;
}

async function podSecurity(cluster: Cluster, environment: Environment, team: Team): Promise<Finding[]> {
  const answer = await cluster.create(pod(team, "privileged", { privileged: true }), { dryRun: true });
  const { enforce } = environment.admission.podSecurity;
  const refused = !answer.accepted && answer.message.includes("violates PodSecurity");
  const expected = enforce !== "privileged";
  return refused === expected
    ? []
    : [
        behaviour(
          environment,
          team,
          `a privileged pod is ${answer.accepted ? "admitted" : `answered with: ${answer.message}`}`,
          `${expected ? "refused" : "admitted"}: Pod Security enforces ${enforce}`,
        ),
      ];
}

async function defaults(cluster: Cluster, environment: Environment, team: Team): Promise<Finding[]> {
  const answer = await waitForAccount(cluster, team, () =>
    cluster.create(pod(team, "without-resources"), { dryRun: true }),
  );
  if (!answer.accepted)
    return [
      behaviour(
        environment,
        team,
        `a pod without resources is refused: ${answer.message}`,
        "admitted, with the defaults of the LimitRange",
      ),
    ];
  const resources = fieldAt(firstContainer(answer.object), "resources");
  const missing = ["requests.cpu", "requests.memory", "limits.memory"].filter(
    (path) => fieldAt(resources, ...path.split(".")) === undefined,
  );
  return missing.length === 0
    ? []
    : [
        behaviour(
          environment,
          team,
          `a pod without resources is admitted without ${missing.join(", ")}`,
          "the defaults of the LimitRange",
        ),
      ];
}

async function oneTooMany(cluster: Cluster, environment: Environment, team: Team): Promise<Finding[]> {
  const limit = team.quotas.get(environment.name)?.pods ?? 0;
  const tiny = { requests: { cpu: "1m", memory: "1Mi" }, limits: { cpu: "1m", memory: "1Mi" } };
  await waitFor("the quota to be counted", async () =>
    fieldAt(
      await cluster.get({ apiVersion: "v1", kind: "ResourceQuota", name: team.namespace, namespace: team.namespace }),
      "status",
      "hard",
      "pods",
    ),
  );
  for (let number = 0; number < limit; number++) {
    const answer = await cluster.create(pod(team, `pod-${number}`, {}, tiny));
    if (!answer.accepted)
      return [
        behaviour(
          environment,
          team,
          `pod ${number + 1} of ${limit} is refused: ${answer.message}`,
          `room for ${limit} pods`,
        ),
      ];
  }
  const answer = await cluster.create(pod(team, "one-too-many", {}, tiny));
  return !answer.accepted && answer.message.includes("exceeded quota")
    ? []
    : [behaviour(environment, team, `pod ${limit + 1} is not refused by the quota`, `room for ${limit} pods`)];
}

/** A new namespace has its default ServiceAccount only when the controllers have made it. */
async function waitForAccount(cluster: Cluster, team: Team, run: () => Promise<Answer>): Promise<Answer> {
  await waitFor(`the default account of ${team.namespace}`, () =>
    cluster.get({ apiVersion: "v1", kind: "ServiceAccount", name: "default", namespace: team.namespace }),
  );
  return run();
}

function firstContainer(object: KubernetesObject): unknown {
  const containers = fieldAt(object, "spec", "containers");
  return Array.isArray(containers) ? containers[0] : undefined;
}

/** A pod that the restricted level admits, but for what `security` changes. */
function pod(
  team: Team,
  name: string,
  security: Readonly<Record<string, unknown>> = {},
  resources?: unknown,
): KubernetesObject {
  const restricted = {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  };
  const chosen = isRecord(security) && security["privileged"] === true ? { privileged: true } : restricted;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: team.namespace },
    spec: {
      containers: [
        {
          name: "main",
          image: "example.com/app:1.0",
          securityContext: chosen,
          ...(resources === undefined ? {} : { resources }),
        },
      ],
    },
  };
}

function behaviour(environment: Environment, team: Team, message: string, expected: string): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    message: `in ${team.namespace} of ${environment.name} ${message}`,
    expected,
  };
}
