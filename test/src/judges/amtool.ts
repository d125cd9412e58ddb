import { join } from "node:path";
import { type AlertmanagerConfig, alertmanagerConfig, type LabelSet, printMatcher, receiversOf } from "@plinth/alerts";
import type { Environment, Finding, Platform } from "@plinth/core";
import fc from "fast-check";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { alertsOfEnvironment, readRouting, renderedRouting } from "./rendered-alerts.ts";
import { expectedReceivers } from "./routing-expectations.ts";
import { runTool } from "./run-tool.ts";
import { writeFiles } from "./write-files.ts";

/**
 * amtool reads the rendered Alertmanager configuration of each environment, and routes every rendered alert of every team to the receivers that Plinth's own
 * evaluator names, and that the table of who should be told names; alerts of every owner and severity that nobody has written yet, and random ones, too.
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
  { tree, platform, workFolder, signal }: JudgeContext,
): Promise<{ routes: number; findings: readonly Finding[] }> {
  const rendered = renderedRouting(tree, environment);
  if (rendered === undefined) {
    return {
      routes: 0,
      findings: [
        {
          code: "missing-file",
          severity: "error",
          message: `${environment.name} has no Alertmanager configuration`,
          expected: "a Secret with alertmanager.yaml and plinth.tmpl",
        },
      ],
    };
  }
  const { file, text, templates } = rendered;
  // amtool reads the templates too, where the configuration says.
  const folder = writeFiles(join(workFolder, environment.name), [
    { path: "alertmanager.yaml", text: text.replace(/\/etc\/alertmanager\/config\/(?=\*\.tmpl)/, "./") },
    { path: "plinth.tmpl", text: templates },
  ]);
  const refuse = (message: string, expected?: string): Finding => ({
    code: "rejected-by-judge",
    severity: "error",
    file: file.path,
    message,
    ...(expected === undefined ? {} : { expected }),
  });
  const checked = await runTool(toolPath("amtool"), ["check-config", "alertmanager.yaml"], {
    workFolder: folder,
    signal,
  });
  if (checked.exitCode !== 0)
    return { routes: 0, findings: [refuse(`amtool check-config: ${`${checked.stdout}\n${checked.stderr}`.trim()}`)] };
  if (!checked.stdout.includes("1 templates"))
    return { routes: 0, findings: [refuse(`amtool check-config read no templates: ${checked.stdout}`)] };
  const config = readRouting(text);
  const alerts: readonly RoutedAlert[] = [
    ...[
      ...alertsOfEnvironment(tree, platform, environment).map((each) => each.labels),
      ...unwrittenAlerts(platform),
    ].map((labels) => ({
      labels,
      expected: expectedReceivers(platform, environment, labels),
    })),
    ...randomAlerts(platform).map((labels) => ({ labels })),
  ];
  const answers = await routeAll(
    folder,
    alerts.map(({ labels }) => labels),
    signal,
  );
  const findings = alerts.flatMap(({ labels, expected }, index) =>
    compare(labels, answers[index] ?? "", config, expected).map(({ message, right }) => refuse(message, right)),
  );
  if (JSON.stringify(config) !== JSON.stringify(alertmanagerConfig(platform, environment)))
    findings.push(refuse("is not the configuration that the platform means", "what alertmanagerConfig gives"));
  return { routes: alerts.length, findings };
}

interface RoutedAlert {
  readonly labels: LabelSet;
  /** What the table says; it says nothing of random labels. */
  readonly expected?: readonly string[];
}

function compare(
  labels: LabelSet,
  answer: string,
  config: AlertmanagerConfig,
  expected: readonly string[] | undefined,
): readonly { readonly message: string; readonly right: string }[] {
  const what = pairsOf(labels).join(" ");
  const evaluated = receiversOf(config, labels).join(",");
  return [
    ...(answer === evaluated ? [] : [{ message: `amtool sends ${what} to ${answer}`, right: evaluated }]),
    ...(expected === undefined || answer === expected.join(",")
      ? []
      : [{ message: `amtool sends ${what} to ${answer}, and others should be told`, right: expected.join(",") }]),
  ];
}

// amtool takes one alert for each run, and most of it is waiting.
const processes = 3;

async function routeAll(folder: string, alerts: readonly LabelSet[], signal: AbortSignal): Promise<readonly string[]> {
  const answers: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < alerts.length) {
      const index = next++;
      const parameters = [
        "config",
        "routes",
        "test",
        "--config.file=alertmanager.yaml",
        ...pairsOf(alerts[index] ?? {}),
      ];
      const run = await runTool(toolPath("amtool"), parameters, { workFolder: folder, signal });
      answers[index] = run.stdout.trim() || run.stderr.trim();
    }
  };
  await Promise.all(Array.from({ length: processes }, work));
  return answers;
}

function pairsOf(labels: LabelSet): readonly string[] {
  // In quotes both of its parsers read a value alike.
  return Object.entries(labels).map(([label, value]) => printMatcher({ label, operator: "=", value }));
}

/** Alerts of every owner and severity, about a service and about a namespace, and those that have a route of their own. */
function unwrittenAlerts({ teams }: Platform): readonly LabelSet[] {
  const owners: readonly LabelSet[] = [
    {},
    ...teams.map(({ name }) => ({ team: name })),
    ...teams.map(({ namespace }) => ({ namespace })),
    { team: "nobody", namespace: "kube-system" },
  ];
  return [
    ...["critical", "warning", "info", "none", "unknown"].flatMap((severity) =>
      owners.map((owner) => ({ alertname: "Example", severity, ...owner })),
    ),
    { alertname: "Watchdog", severity: "none" },
    { alertname: "Watchdog", severity: "critical", team: teams[0]?.name ?? "nobody" },
  ];
}

const randomRuns = 60;
// The same ones each time: a judgement that changes from run to run helps nobody.
const seed = 10;

function randomAlerts({ teams }: Platform): readonly LabelSet[] {
  const values = [
    ...teams.flatMap(({ name, namespace }) => [name, namespace]),
    ...["critical", "warning", "info", "none", "page", "ticket", "Watchdog", "checkout", "kube-system"],
  ];
  const labels = fc.dictionary(
    fc.constantFrom("alertname", "severity", "team", "namespace", "service", "sloth_severity", "tier"),
    fc.oneof(fc.constantFrom(...values), fc.stringMatching(/^[a-z][a-zA-Z0-9 ._-]{0,12}$/)),
    { minKeys: 1, noNullPrototype: true },
  );
  return fc.sample(labels, { numRuns: randomRuns, seed });
}
