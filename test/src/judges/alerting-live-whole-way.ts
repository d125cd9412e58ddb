import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { nodeNotReady, ruleFilesOf, type Samples, watchdogAlert } from "@plinth/alerts";
import { type Environment, emitYaml, type Finding, parseDuration } from "@plinth/core";
import { waitFor } from "../cluster/wait-for.ts";
import { type Arrival, arrivals, messageProblems, refuse } from "./alerting-live-messages.ts";
import { startAlertmanager, startPrometheus } from "./alerting-live-processes.ts";
import { routingOnLoopback } from "./alerting-live-routing.ts";
import { startAlertSink } from "./alerting-live-sink.ts";
import type { JudgeContext } from "./judge.ts";
import type { RenderedRouting } from "./rendered-alerts.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";
import { writeFiles } from "./write-files.ts";

/** From series to the page: the rendered rules of a node that is not ready and of the dead man's switch, without their waiting. */
export async function judgeTheWholeWay(
  rendered: RenderedRouting,
  environment: Environment,
  { tree, platform, workFolder }: JudgeContext,
): Promise<readonly Finding[]> {
  const situation = "from series to the page";
  const folder = join(workFolder, `${environment.name}-whole-way`);
  const [scenario] = nodeNotReady.fires;
  if (scenario === undefined) throw new Error(`${nodeNotReady.name} fires on nothing.`);
  const sink = await startAlertSink(exposition(scenario));
  const now = new Date();
  const routing = routingOnLoopback(rendered, platform, environment, {
    sink: sink.address,
    folder,
    hours: "working-hours",
    now,
  });
  const alertmanager = await startAlertmanager(routing.file, join(folder, "alertmanager"));
  const wanted = [nodeNotReady.name, watchdogAlert];
  // Only the files that have them: every second is too often for all rules of a platform on a busy machine.
  const rules = ruleFilesOf(objectsOfEnvironment(tree, environment.name).map(({ resource }) => resource)).filter(
    ({ text }) => wanted.some((name) => new RegExp(`alert: ${name}$`, "m").test(text)),
  );
  writeFiles(
    join(folder, "rules"),
    rules.map(({ path, text }) => ({ path, text: text.replace(/^( +)for: .*$/gm, "$1for: 1s") })),
  );
  writeFiles(folder, [
    {
      path: "prometheus.yaml",
      text: emitYaml({
        global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "1s" },
        alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager.address] }] }] },
        rule_files: [join(folder, "rules", "*.yaml")],
        scrape_configs: [
          {
            job_name: "kube-state-metrics",
            honor_labels: true,
            static_configs: [{ targets: [sink.address.replace("http://", "")] }],
          },
        ],
      }),
    },
  ]);
  const prometheus = await startPrometheus(join(folder, "prometheus.yaml"), join(folder, "prometheus"));
  try {
    const arrived = (alertname: string): Arrival | undefined =>
      arrivals(sink).find(({ labels }) => labels["alertname"] === alertname);
    await waitFor("both alerts to arrive", async () => wanted.every((name) => arrived(name) !== undefined), {
      timeLimit: 60_000,
    }).catch(() => undefined);
    // The page and the chat message go out with the webhook, not before it.
    await sleep(500);
    const page = arrived(nodeNotReady.name);
    const expected = { ...scenario.labels, severity: nodeNotReady.severity };
    return [
      ...wanted
        .filter((name) => arrived(name) === undefined)
        .map((name) => refuse(situation, `${name} does not arrive`, "a message")),
      ...(page === undefined || Object.entries(expected).every(([label, value]) => page.labels[label] === value)
        ? []
        : [
            refuse(
              situation,
              `${nodeNotReady.name} arrives with ${JSON.stringify(page.labels)}`,
              JSON.stringify(expected),
            ),
          ]),
      ...(sink.pages.some((text) => text.includes(nodeNotReady.name))
        ? []
        : [refuse(situation, "nobody is called", "a page")]),
      ...messageProblems(situation, sink),
    ];
  } finally {
    await prometheus.stop();
    await alertmanager.stop();
    await sink.close();
  }
}

/** The situation's series as an exporter would show them once the alert's expression holds. */
function exposition({ series, after }: (typeof nodeNotReady.fires)[number]): string {
  const lines = series.flatMap(({ series: name, labels, samples }) => {
    const value = valueAt(samples, parseDuration(after ?? "0s") ?? 0);
    const written = Object.entries(labels).map(([label, text]) => `${label}=${JSON.stringify(text)}`);
    return value === undefined ? [] : [`${name}{${written.join(",")}} ${value}`];
  });
  return `${lines.join("\n")}\n`;
}

function valueAt(samples: Samples, time: number): number | undefined {
  let begins = 0;
  for (const { value, lasts } of samples) {
    const ends = lasts === undefined ? Number.POSITIVE_INFINITY : begins + (parseDuration(lasts) ?? 0);
    if (time < ends) return value;
    begins = ends;
  }
  return undefined;
}
