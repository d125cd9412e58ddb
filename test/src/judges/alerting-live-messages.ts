import type { LabelSet } from "@plinth/alerts";
import type { Finding } from "@plinth/core";
import type { AlertSink } from "./alerting-live-sink.ts";

/** An alert that a receiver was told of, and the group that it came in. */
export interface Arrival {
  readonly receiver: string;
  readonly labels: LabelSet;
  readonly group: LabelSet;
}

/** Each alert that has come, once for each receiver and message. */
export function arrivals({ webhooks }: AlertSink): readonly Arrival[] {
  return webhooks.flatMap(({ receiver, alerts, groupLabels }) =>
    alerts.map((labels) => ({ receiver, labels, group: groupLabels })),
  );
}

/** Pages and chat messages are made by the rendered templates: they lead to the runbook, and nothing in them is left open. */
export function messageProblems(situation: string, { pages, chats }: AlertSink): readonly Finding[] {
  const bodies = [
    ...pages.map((text) => ["page", text] as const),
    ...chats.map((text) => ["chat message", text] as const),
  ];
  return bodies.flatMap(([kind, text]) => {
    const problem = !/runbooks\/[A-Z]\w+\.md/.test(text)
      ? "names no runbook"
      : /<no value>|\{\{|\\u003cno value/.test(text)
        ? "has something left open"
        : undefined;
    return problem === undefined
      ? []
      : [refuse(situation, `a ${kind} ${problem}: ${text.slice(0, 400)}`, "summary, runbook, dashboard")];
  });
}

/** A finding about a situation. */
export function refuse(situation: string, message: string, expected: string): Finding {
  return { code: "rejected-by-judge", severity: "error", message: `${situation}: ${message}`, expected };
}
