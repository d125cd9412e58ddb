import { join } from "node:path";
import { type Environment, emitYaml, type Finding } from "@plinth/core";
import {
  clusterOf,
  compareConnections,
  connections,
  declaredConnections,
  describeConnection,
  readAnalyzerReport,
  workloadResources,
} from "@plinth/policies";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";
import { runTool, toolFailed } from "./run-tool.ts";
import { writeFiles } from "./write-files.ts";

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
  const policies = objectsOfEnvironment(tree, environment.name)
    .map(({ resource }) => resource)
    .filter(({ kind, apiVersion }) => kind === "NetworkPolicy" && apiVersion === "networking.k8s.io/v1");
  const cluster = clusterOf(platform, environment);
  const objects = [...workloadResources(cluster), ...policies];
  const folder = writeFiles(
    join(workFolder, environment.name),
    objects.map((object, number) => ({ path: `${number}.yaml`, text: emitYaml(object) })),
  );
  const run = await runTool(toolPath("netpol-analyzer"), ["list", "-q", "--dirpath", folder, "-o", "json"], { signal });
  const seen = run.exitCode === 0 ? readAnalyzerReport(run.stdout) : undefined;
  if (seen === undefined) return { open: 0, findings: [toolFailed("netpol-analyzer", run)] };
  const teams = new Set<string>(platform.teams.map(({ namespace }) => namespace));
  const ofTeams = seen.filter(({ source, destination }) =>
    [source, destination].some((end) => end.kind === "workload" && teams.has(end.namespace)),
  );
  const declared = declaredConnections(platform, environment);
  const own = connections(cluster, policies).filter(({ source, destination }) =>
    [source, destination].some((end) => end.kind === "workload" && teams.has(end.namespace)),
  );
  return {
    open: declared.length,
    findings: [
      ...changes("netpol-analyzer", environment, compareConnections(declared, ofTeams)),
      ...changes("Plinth's evaluator", environment, compareConnections(declared, own)),
    ],
  };
}

function changes(
  reader: string,
  { name }: Environment,
  { opened, closed }: ReturnType<typeof compareConnections>,
): Finding[] {
  const refuse = (message: string, expected: string): Finding => ({
    code: "rejected-by-judge",
    severity: "error",
    message: `${reader}, ${name}: ${message}`,
    expected,
  });
  return [
    ...opened.map((connection) =>
      refuse(`${describeConnection(connection)} is open`, "closed: no service declares it"),
    ),
    ...closed.map((connection) => refuse(`${describeConnection(connection)} is closed`, "open: a service declares it")),
  ];
}
