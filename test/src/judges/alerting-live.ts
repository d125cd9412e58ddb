import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type AlertmanagerRoute, clusterWideAlerts, deliveriesOf, type LabelSet, nullReceiver } from "@plinth/alerts";
import type { Environment, Finding } from "@plinth/core";
import { waitFor } from "../cluster/wait-for.ts";
import { arrivals, messageProblems, refuse } from "./alerting-live-messages.ts";
import { startAlertmanager } from "./alerting-live-processes.ts";
import { type Hours, type LoopbackRouting, routingOnLoopback } from "./alerting-live-routing.ts";
import { type AlertSink, startAlertSink } from "./alerting-live-sink.ts";
import { judgeTheWholeWay } from "./alerting-live-whole-way.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { type ArrivingAlert, alertsOfEnvironment, type RenderedRouting, renderedRouting } from "./rendered-alerts.ts";

/** Alerts that fire together at a time of the day. */
interface Situation {
  readonly name: string;
  readonly hours: Hours;
  readonly fires: (alert: LabelSet) => boolean;
}

const isClusterWide = ({ alertname = "" }: LabelSet): boolean => clusterWideAlerts.includes(alertname);

const situations: readonly Situation[] = [
  { name: "everything but the cluster fails by day", hours: "working-hours", fires: (alert) => !isClusterWide(alert) },
  { name: "the same at night", hours: "night-and-maintenance", fires: (alert) => !isClusterWide(alert) },
  { name: "nothing is critical by day", hours: "working-hours", fires: ({ severity }) => severity !== "critical" },
  {
    name: "nothing is critical at night",
    hours: "night-and-maintenance",
    fires: ({ severity }) => severity !== "critical",
  },
  { name: "the cluster itself fails", hours: "working-hours", fires: () => true },
];

/**
 * What amtool cannot show: a real Alertmanager with the rendered routing, its messages sent to a sink on loopback, tells exactly those receivers of exactly those
 * alerts that the evaluator names, in the groups that the routes say: with what holds back, and with the hours at which nobody is told. And one alert goes all
 * the way: from series that a real Prometheus scrapes, through the rendered rule, to the webhook, the page and the chat.
 */
export const alertingLive: Judge = {
  name: "alerting-live",
  purpose: "a real Alertmanager tells, groups, mutes and holds back as it should",
  tools: ["alertmanager", "prometheus"],
  judge: async (context) => {
    const findings: Finding[] = [];
    let told = 0;
    let alerts = 0;
    for (const environment of context.platform.environments.filter(({ production }) => production)) {
      const rendered = renderedRouting(context.tree, environment);
      if (rendered === undefined) {
        findings.push({
          code: "missing-file",
          severity: "error",
          message: `${environment.name} has no Alertmanager configuration`,
          expected: "a Secret with alertmanager.yaml and plinth.tmpl",
        });
        continue;
      }
      const all = alertsOfEnvironment(context.tree, context.platform, environment);
      for (const [index, situation] of situations.entries()) {
        const firing = all.filter(({ labels }) => situation.fires(labels));
        const folder = join(context.workFolder, `${environment.name}-${index}`);
        const judged = await judgeSituation(situation, firing, rendered, environment, folder, context);
        findings.push(...judged.findings);
        told += judged.told;
        alerts += firing.length;
      }
      findings.push(...(await judgeTheWholeWay(rendered, environment, context)));
    }
    return { read: `${alerts} alerts in ${situations.length} situations, ${told} told`, findings };
  },
};

async function judgeSituation(
  { name, hours }: Situation,
  firing: readonly ArrivingAlert[],
  rendered: RenderedRouting,
  environment: Environment,
  folder: string,
  { platform }: JudgeContext,
): Promise<{ readonly told: number; readonly findings: readonly Finding[] }> {
  const now = new Date();
  const sink = await startAlertSink("");
  const routing = routingOnLoopback(rendered, platform, environment, { sink: sink.address, folder, hours, now });
  const expected = expectedMessages(routing, firing, now);
  const alertmanager = await startAlertmanager(routing.file, join(folder, "alertmanager"));
  try {
    await post(alertmanager.address, firing);
    await settled(sink, [...expected.values()].length);
    return {
      told: arrivals(sink).length,
      findings: [...differences(name, expected, sink), ...messageProblems(name, sink)],
    };
  } finally {
    await alertmanager.stop();
    await sink.close();
  }
}

/** What a receiver must be told, and in which group. */
interface ExpectedMessage {
  readonly receiver: string;
  readonly labels: LabelSet;
  readonly group: LabelSet;
}

function keyOf(receiver: string, labels: LabelSet): string {
  return `${receiver} ${JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))}`;
}

function expectedMessages(
  { config }: LoopbackRouting,
  alerts: readonly ArrivingAlert[],
  time: Date,
): ReadonlyMap<string, ExpectedMessage> {
  const firing = alerts.map(({ labels }) => labels);
  const messages = firing.flatMap((labels) =>
    deliveriesOf(config, labels, { time, firing }).flatMap(({ receiver, path, sent }): readonly ExpectedMessage[] =>
      sent && receiver !== nullReceiver ? [{ receiver, labels, group: groupOf(path, labels) }] : [],
    ),
  );
  return new Map(messages.map((message) => [keyOf(message.receiver, message.labels), message]));
}

/** The labels that messages of the route are put together by, as the nearest route that says so has them. */
function groupOf(path: readonly AlertmanagerRoute[], labels: LabelSet): LabelSet {
  const by = path.findLast(({ group_by }) => group_by !== undefined)?.group_by ?? [];
  return Object.fromEntries(Object.entries(labels).filter(([label]) => by.includes(label)));
}

async function post(address: string, alerts: readonly ArrivingAlert[]): Promise<void> {
  const response = await fetch(`http://${address}/api/v2/alerts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(alerts.map(asEvaluated)),
  });
  if (!response.ok) throw new Error(`Alertmanager took no alerts: ${response.status} ${await response.text()}`);
}

/** Prometheus fills in what texts refer to, before it sends an alert. */
function asEvaluated({ labels, annotations }: ArrivingAlert): ArrivingAlert {
  const filled = Object.entries(annotations).map(([name, text]) => [name, text.replace(/\{\{.*?\}\}/g, "something")]);
  return { labels, annotations: Object.fromEntries(filled) };
}

const arrivalLimit = 20_000;
/** Longer than a group waits: what comes too much has come by then. */
const quietTime = 2_500;

/** Waits for as many alerts as are expected, then for some that are not. */
async function settled(sink: AlertSink, expected: number): Promise<void> {
  await waitFor("the alerts to arrive", async () => arrivals(sink).length >= expected, {
    timeLimit: arrivalLimit,
  }).catch(() => undefined);
  await sleep(quietTime);
}

function differences(
  situation: string,
  expected: ReadonlyMap<string, ExpectedMessage>,
  sink: AlertSink,
): readonly Finding[] {
  const arrived = Map.groupBy(arrivals(sink), ({ receiver, labels }) => keyOf(receiver, labels));
  const missing = [...expected.keys()].filter((key) => !arrived.has(key));
  return [
    ...missing.map((key) => refuse(situation, `Alertmanager does not tell ${key}`, "a message")),
    ...[...arrived].flatMap(([key, messages]): readonly Finding[] => {
      const wanted = expected.get(key);
      if (wanted === undefined) return [refuse(situation, `Alertmanager tells ${key}`, "no message")];
      const group = keyOf("", messages[0]?.group ?? {});
      return [
        ...(messages.length === 1
          ? []
          : [refuse(situation, `Alertmanager tells ${key} ${messages.length} times`, "once")]),
        ...(group === keyOf("", wanted.group)
          ? []
          : [refuse(situation, `${key} comes in the group${group}`, keyOf("", wanted.group).trim())]),
      ];
    }),
  ];
}
