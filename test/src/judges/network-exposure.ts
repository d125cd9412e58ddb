import { join } from "node:path";
import type { Environment, Finding, Platform } from "@plinth/core";
import {
  type Cluster,
  type Connection,
  clusterOf,
  compareConnections,
  declaredConnections,
  type Endpoint,
  type PortRange,
} from "@plinth/policies";
import type { Judge, JudgeContext } from "./judge.ts";
import { runAnalyzer } from "./network-analyzer.ts";
import { type Exposure, readExposureReport, readUnprotected } from "./network-exposure-report.ts";
import { networkPoliciesIn } from "./network-policies.ts";
import { toolFailed } from "./run-tool.ts";

/**
 * np-guard's analyzer says who could connect beside the workloads that run today, and which workloads no policy isolates: no team's workload is open to a
 * pod that somebody starts tomorrow, in whatever namespace. A component of the platform is so only where the model says that anyone may call it, as the
 * API server calls webhooks.
 *
 * @see https://github.com/np-guard/netpol-analyzer/blob/v1.4.4/docs/exposure_analysis.md
 */
export const networkExposure: Judge = {
  name: "network-exposure",
  purpose: "nothing of a team is open to the whole cluster",
  tools: ["netpol-analyzer"],
  judge: async (context) => {
    const findings: Finding[] = [];
    let read = 0;
    for (const environment of context.platform.environments) {
      const judged = await judgeEnvironment(environment, context);
      read += judged.exposures;
      findings.push(...judged.findings);
    }
    return { read: `${read} exposures in ${context.platform.environments.length} environments`, findings };
  },
};

async function judgeEnvironment(
  environment: Environment,
  { tree, platform, workFolder, signal }: JudgeContext,
): Promise<{ readonly exposures: number; readonly findings: readonly Finding[] }> {
  const teams = new Set<string>(platform.teams.map(({ namespace }) => namespace));
  const policies = networkPoliciesIn(tree, environment);
  const isolating = new Set(policies.map(({ metadata }) => metadata.namespace));
  const cluster = withNewcomers(
    clusterOf(platform, environment),
    (namespace) => isolating.has(namespace) || teams.has(namespace),
  );
  const run = (output: "json" | "txt"): ReturnType<typeof runAnalyzer> =>
    runAnalyzer(cluster, policies, join(workFolder, environment.name), ["--exposure", "--output", output], signal);
  const [rows, text] = [await run("json"), await run("txt")];
  const exposures = rows.exitCode === 0 ? readExposureReport(rows.stdout) : undefined;
  if (exposures === undefined || text.exitCode !== 0)
    return { exposures: 0, findings: [toolFailed("netpol-analyzer", exposures === undefined ? rows : text)] };
  const isOfTeam = (workload: string): boolean => teams.has(workload.split("/")[0] ?? "");
  const unprotected = readUnprotected(text.stdout);
  const refuse = (workload: string, message: string, expected: string): Finding => ({
    code: "rejected-by-judge",
    severity: "error",
    message: `${environment.name}: ${workload} ${message}`,
    expected,
  });
  return {
    exposures: exposures.length,
    findings: [
      ...unprotected
        // Where policies hold at all they hold for everything.
        .filter(({ workload }) => isOfTeam(workload) || isolating.has(workload.split("/")[0]))
        .map(({ workload, direction }) =>
          refuse(workload, `is isolated by no policy in the direction ${direction}`, "a default deny in its namespace"),
        ),
      ...exposures
        .filter((exposure) => isOfTeam(exposure.workload) && isToAnyNamespace(exposure))
        .flatMap(({ workload, direction, other, ports }) =>
          ports.map((range) =>
            refuse(
              workload,
              `${direction === "ingress" ? "may be called by" : "may call"} ${other} on ${describePorts(range)}`,
              "pods of named namespaces",
            ),
          ),
        ),
      ...openComponents(platform, environment, exposures)
        .filter(({ workload }) => isolating.has(workload.split("/")[0]))
        .map(({ workload, range }) =>
          refuse(
            workload,
            `may be called by entire-cluster on ${describePorts(range)}`,
            "pods of named namespaces, or a port that the model lets anyone call",
          ),
        ),
    ],
  };
}

/** The cluster with a pod in each namespace that no policy names: what somebody starts tomorrow is isolated, too. */
function withNewcomers({ namespaces, workloads }: Cluster, isIsolated: (namespace: string) => boolean): Cluster {
  return {
    namespaces,
    workloads: [
      ...workloads,
      ...namespaces
        .filter(({ name }) => isIsolated(name))
        .map(({ name }): Cluster["workloads"][number] => ({
          namespace: name,
          name: "newcomer",
          labels: { newcomer: "" },
          ports: [],
        })),
    ],
  };
}

/** Whatever is started tomorrow, in whichever namespace. */
function isToAnyNamespace({ other }: Exposure): boolean {
  return other === "entire-cluster" || other.startsWith("[all namespaces]/");
}

const anyone: Endpoint = { kind: "addresses", first: "0.0.0.0", last: "255.255.255.255" };

/** Ports on which anyone may call what is not a team's, without the model saying so: it says so of webhooks and gateways. */
function openComponents(
  platform: Platform,
  environment: Environment,
  exposures: readonly Exposure[],
): readonly { readonly workload: string; readonly range: PortRange }[] {
  const teams = new Set<string>(platform.teams.map(({ namespace }) => namespace));
  const open = exposures
    .filter((exposure) => exposure.direction === "ingress" && isToAnyNamespace(exposure))
    .flatMap(({ workload, ports }) => {
      const [namespace = "", name = ""] = workload.split("/");
      return teams.has(namespace)
        ? []
        : ports.map(
            (range): Connection => ({
              source: anyone,
              destination: { kind: "workload", namespace, name },
              ...range,
            }),
          );
    });
  const { opened } = compareConnections(declaredConnections(platform, environment), open);
  return opened.flatMap(({ destination, protocol, port, endPort }) =>
    destination.kind === "workload"
      ? [{ workload: `${destination.namespace}/${destination.name}`, range: { protocol, port, endPort } }]
      : [],
  );
}

function describePorts({ protocol, port, endPort }: PortRange): string {
  return `${protocol} ${port === endPort ? port : `${port}-${endPort}`}`;
}
