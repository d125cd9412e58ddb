import { join } from "node:path";
import { alertmanagerConfig, receiversOf } from "@plinth/alerts";
import { type Environment, type Finding, fieldAt } from "@plinth/core";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { objectsOfEnvironment, type RenderedObject } from "./rendered-tree.ts";
import { runTool } from "./run-tool.ts";
import { writeFiles } from "./write-files.ts";

/**
 * amtool reads the rendered Alertmanager configuration of each environment, and routes every kind of alert to the receivers that Plinth's own evaluator names:
 * each team and nobody, each severity, SLO burn and the dead man's switch.
 */
export const amtool: Judge = {
  name: "amtool",
  purpose: "each alert reaches the receivers that it should",
  tools: ["amtool"],
  judge: async (context) => {
    const findings: Finding[] = [];
    let routes = 0;
    for (const environment of context.platform.environments) {
      const judged = await judgeEnvironment(environment, context);
      routes += judged.routes;
      findings.push(...judged.findings);
    }
    return { read: `${context.platform.environments.length} configurations, ${routes} routes`, findings };
  },
};

async function judgeEnvironment(
  environment: Environment,
  context: JudgeContext,
): Promise<{ routes: number; findings: readonly Finding[] }> {
  const secret = objectsOfEnvironment(context.tree, environment.name).find(isAlertmanagerSecret);
  const text = secret === undefined ? undefined : fieldAt(secret.resource, "stringData", "alertmanager.yaml");
  if (secret === undefined || typeof text !== "string") {
    return {
      routes: 0,
      findings: [
        {
          code: "missing-file",
          severity: "error",
          message: `${environment.name} has no Alertmanager configuration`,
          expected: "a Secret with alertmanager.yaml",
        },
      ],
    };
  }
  const folder = writeFiles(join(context.workFolder, environment.name), [{ path: "alertmanager.yaml", text }]);
  const checked = await runTool(toolPath("amtool"), ["check-config", "alertmanager.yaml"], {
    workFolder: folder,
    signal: context.signal,
  });
  const refuse = (message: string, expected?: string): Finding => ({
    code: "rejected-by-judge",
    severity: "error",
    file: secret.file.path,
    message,
    ...(expected === undefined ? {} : { expected }),
  });
  if (checked.exitCode !== 0) return { routes: 0, findings: [refuse(`amtool check-config: ${checked.stderr.trim()}`)] };
  const config = alertmanagerConfig(context.platform, environment);
  const findings: Finding[] = [];
  const alerts = alertLabels(context);
  for (const labels of alerts) {
    const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    const expected = receiversOf(config, labels).join(",");
    const run = await runTool(
      toolPath("amtool"),
      ["config", "routes", "test", "--config.file=alertmanager.yaml", ...pairs],
      { workFolder: folder, signal: context.signal },
    );
    if (run.stdout.trim() !== expected)
      findings.push(refuse(`amtool sends ${pairs.join(" ")} to ${run.stdout.trim() || run.stderr.trim()}`, expected));
  }
  return { routes: alerts.length, findings };
}

function isAlertmanagerSecret({ resource }: RenderedObject): boolean {
  return resource.kind === "Secret" && typeof fieldAt(resource, "stringData", "alertmanager.yaml") === "string";
}

/** Alerts of every owner and severity, about a service and about a namespace, and those that have a route of their own. */
function alertLabels({ platform }: JudgeContext): readonly Readonly<Record<string, string>>[] {
  const owners: Readonly<Record<string, string>>[] = [
    {},
    ...platform.teams.map(({ name }) => ({ team: name })),
    ...platform.teams.map(({ namespace }) => ({ namespace })),
    { team: "nobody", namespace: "kube-system" },
  ];
  return [
    ...["critical", "warning", "info", "none", "unknown"].flatMap((severity) =>
      owners.map((owner) => ({ alertname: "Example", severity, ...owner })),
    ),
    { alertname: "Watchdog", severity: "none" },
    { alertname: "Watchdog", severity: "critical", team: platform.teams[0]?.name ?? "nobody" },
  ];
}
