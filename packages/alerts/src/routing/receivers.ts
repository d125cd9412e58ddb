import type { PagingChannel } from "@plinth/core";
import type { EmailConfig, PagerDutyConfig, Receiver, SlackConfig } from "./alertmanager-config.ts";
import { type PlatformOwner, platformOnCall } from "./owner.ts";

/** Takes alerts and tells nobody. */
export const nullReceiver = "null";
/** Tells an outside service that alerts still arrive: it calls when they do not. */
export const watchdogReceiver = "watchdog";

/** Folders of secrets as the Prometheus operator mounts those that `Alertmanager.spec.secrets` names. */
export const secretNames = {
  pagerduty: "alertmanager-pagerduty",
  chat: "alertmanager-chat",
  email: "alertmanager-smtp",
  watchdog: "alertmanager-watchdog",
} as const;

/** Where the Prometheus operator mounts a secret's keys. */
export const secretsFolder = "/etc/alertmanager/secrets";

/** The name of the receiver that tells an owner through a channel. */
export function receiverName(owner: string, channel: PagingChannel): string {
  return channel === "none" ? nullReceiver : `${owner}-${channel}`;
}

/** The name of the receiver that calls whoever is on call for the platform, and writes into the owner's own channel. */
export function coveredReceiverName(owner: string, platform: string): string {
  return `${owner}-covered-by-${platform}`;
}

/** The receiver of an owner and a channel. Who is called is also written to. */
export function receiverOf(owner: PlatformOwner, channel: PagingChannel): Receiver {
  const name = receiverName(owner.name, channel);
  switch (channel) {
    case "pagerduty":
      return {
        name,
        pagerduty_configs: [pagerDuty(owner.onCall?.pagerduty ?? owner.name)],
        slack_configs: [slack(owner)],
      };
    case "chat":
      return { name, slack_configs: [slack(owner)] };
    case "email":
      return { name, email_configs: [email(owner)] };
    case "none":
      return { name: nullReceiver };
  }
}

/** Calls for the platform what the owner has nobody on call for, and writes into the owner's own channel. */
export function coveredReceiver(owner: PlatformOwner, platform: PlatformOwner): Receiver {
  return {
    name: coveredReceiverName(owner.name, platform.name),
    pagerduty_configs: [pagerDuty(platformOnCall(platform))],
    slack_configs: [slack(owner)],
  };
}

const template = (name: string): string => `{{ template "plinth.${name}" . }}`;

function pagerDuty(service: string): PagerDutyConfig {
  return {
    send_resolved: true,
    routing_key_file: `${secretsFolder}/${secretNames.pagerduty}/${service}`,
    description: template("subject"),
    severity: template("pagerduty.severity"),
    class: "{{ .CommonLabels.alertname }}",
    group: template("about"),
    details: { alerts: template("text"), first_queries: template("queries") },
    links: [
      { href: template("runbook"), text: "Runbook" },
      { href: template("dashboard"), text: "Dashboard" },
    ],
  };
}

function slack({ name, contact }: PlatformOwner): SlackConfig {
  return {
    send_resolved: true,
    api_url_file: `${secretsFolder}/${secretNames.chat}/${name}`,
    channel: contact.chat,
    color: template("slack.color"),
    fallback: template("subject"),
    title: template("subject"),
    title_link: template("runbook"),
    text: template("slack.text"),
  };
}

function email({ contact }: PlatformOwner): EmailConfig {
  return {
    send_resolved: true,
    to: contact.email,
    headers: { Subject: template("subject") },
    html: template("email.html"),
    text: template("text"),
  };
}

/** The receiver of the dead man's switch. */
export const watchdog: Receiver = {
  name: watchdogReceiver,
  webhook_configs: [{ send_resolved: false, url_file: `${secretsFolder}/${secretNames.watchdog}/url` }],
};
