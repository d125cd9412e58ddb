import { createServer, type IncomingMessage } from "node:http";
import type { LabelSet } from "@plinth/alerts";
import { isRecord, listAt, textAt, textMapAt } from "@plinth/core";

/** A message that a receiver's webhook got. */
export interface WebhookMessage {
  readonly receiver: string;
  readonly groupKey: string;
  readonly groupLabels: LabelSet;
  /** Labels of its alerts. */
  readonly alerts: readonly LabelSet[];
}

/** What stands for PagerDuty, the chat and every other end of a message, and for what Prometheus scrapes. */
export interface AlertSink {
  /** `http://127.0.0.1:<port>`. */
  readonly address: string;
  readonly webhooks: readonly WebhookMessage[];
  /** Bodies that were sent to PagerDuty and to the chat. */
  readonly pages: readonly string[];
  readonly chats: readonly string[];
  close(): Promise<void>;
}

/** Starts a sink on a port of 127.0.0.1 that the kernel chooses. */
export async function startAlertSink(metrics: string): Promise<AlertSink> {
  const webhooks: WebhookMessage[] = [];
  const pages: string[] = [];
  const chats: string[] = [];
  const server = createServer(async (request, response) => {
    const [, kind, receiver = ""] = (request.url ?? "").split("/");
    const body = await bodyOf(request);
    if (kind === "metrics") response.setHeader("content-type", "text/plain; version=0.0.4").end(metrics);
    else if (kind === "webhook") {
      webhooks.push(webhookMessage(decodeURIComponent(receiver), JSON.parse(body)));
      response.end();
    } else if (kind === "chat") {
      chats.push(body);
      response.end("ok");
    } else if (kind === "pagerduty") {
      pages.push(body);
      response.writeHead(202).end("{}");
    } else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen({ port: 0, host: "127.0.0.1" }, listening));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("A listening socket has no port.");
  return {
    address: `http://127.0.0.1:${address.port}`,
    webhooks,
    pages,
    chats,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function webhookMessage(receiver: string, body: unknown): WebhookMessage {
  return {
    receiver,
    groupKey: textAt(body, "groupKey"),
    groupLabels: textMapAt(body, "groupLabels"),
    alerts: listAt(body, "alerts")
      .filter(isRecord)
      .map((alert) => textMapAt(alert, "labels")),
  };
}
