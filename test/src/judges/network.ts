import { join } from "node:path";
import type { Environment, Finding, Platform, Resource } from "@plinth/core";
import {
  type Cluster,
  type Connection,
  type ConnectionChanges,
  clusterOf,
  compareConnections,
  connections,
  declaredConnections,
  describeConnection,
  judgedBy,
} from "@plinth/policies";
import type { Judge, JudgeContext } from "./judge.ts";
import { analyze } from "./network-analyzer.ts";
import { networkPoliciesIn } from "./network-policies.ts";

/**
 * np-guard's analyzer reads the rendered policies beside what the model says is running, and sees exactly the connections that the model declares; so does
 * Plinth's own evaluator, which is thereby judged too.
 *
 * @see https://github.com/np-guard/netpol-analyzer
 */
export const network: Judge = {
  name: "network",
  purpose: "exactly the declared connections are open",
  tools: ["netpol-analyzer"],
  judge: async (context) => {
    const findings: Finding[] = [];
    let open = 0;
    for (const environment of context.platform.environments) {
      const judged = await judgeEnvironment(environment, context);
      open += judged.open;
      findings.push(...judged.findings);
    }
    return { read: `${open} connections in ${context.platform.environments.length} environments`, findings };
  },
};

async function judgeEnvironment(
  environment: Environment,
  { tree, platform, workFolder, signal }: JudgeContext,
): Promise<{ open: number; findings: readonly Finding[] }> {
  const policies = networkPoliciesIn(tree, environment);
  const cluster = clusterOf(platform, environment);
  const analysis = await analyze(cluster, policies, join(workFolder, environment.name), signal);
  if (analysis.connections === undefined) return { open: 0, findings: [analysis.failure] };
  const isJudged = judgedConnections(platform, cluster, policies);
  const declared = declaredConnections(platform, environment).filter(isJudged);
  const own = connections(cluster, policies).filter(isJudged);
  return {
    open: declared.length,
    findings: [
      ...changes("netpol-analyzer", environment, compareConnections(declared, analysis.connections.filter(isJudged))),
      ...changes("Plinth's evaluator", environment, compareConnections(declared, own)),
    ],
  };
}

/** The connections that a policy judges, and those of teams' namespaces in any case: between ends that no policy is about, nothing is declared. */
function judgedConnections(
  platform: Platform,
  cluster: Cluster,
  policies: readonly Resource[],
): (connection: Connection) => boolean {
  const teams = new Set<string>(platform.teams.map(({ namespace }) => namespace));
  const isJudged = judgedBy(cluster, policies);
  return (connection) =>
    isJudged(connection) ||
    [connection.source, connection.destination].some((end) => end.kind === "workload" && teams.has(end.namespace));
}

function changes(reader: string, { name }: Environment, { opened, closed }: ConnectionChanges): Finding[] {
  const refuse = (message: string, expected: string): Finding => ({
    code: "rejected-by-judge",
    severity: "error",
    message: `${reader}, ${name}: ${message}`,
    expected,
  });
  return [
    ...opened.map((connection) => refuse(`${describeConnection(connection)} is open`, "closed: nothing declares it")),
    ...closed.map((connection) =>
      refuse(`${describeConnection(connection)} is closed`, "open: the platform declares it"),
    ),
  ];
}
