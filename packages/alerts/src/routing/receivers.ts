import type { PagingChannel } from "@plinth/core";
import type { Receiver } from "./alertmanager-config.ts";
import type { PlatformOwner } from "./owner.ts";

/** Takes alerts and tells nobody. */
export const nullReceiver = "null";
/** Tells an outside service that alerts still arrive: it calls when they do not. */
export const watchdogReceiver = "watchdog";

/** The name of the receiver that tells an owner through a channel. */
export function receiverName(owner: string, channel: PagingChannel): string {
  return channel === "none" ? nullReceiver : `${owner}-${channel}`;
}

/** Folders of secrets as the Prometheus operator mounts those that `Alertmanager.spec.secrets` names. */
export const secretNames = {
  pagerduty: "alertmanager-pagerduty",
  chat: "alertmanager-chat",
  email: "alertmanager-smtp",
  watchdog: "alertmanager-watchdog",
} as const;

/** Where the Prometheus operator mounts a secret's keys. */
export const secretsFolder = "/etc/alertmanager/secrets";

const subject = '{{ template "plinth.subject" . }}';

/** The receiver of an owner and a channel. The key of each secret is the owner's name. */
export function receiverOf(owner: PlatformOwner, channel: PagingChannel): Receiver {
  const name = receiverName(owner.name, channel);
  switch (channel) {
    case "pagerduty":
      return {
        name,
        pagerduty_configs: [
          {
            send_resolved: true,
            routing_key_file: `${secretsFolder}/${secretNames.pagerduty}/${owner.name}`,
            description: subject,
            severity: '{{ template "plinth.pagerduty.severity" . }}',
            class: "{{ .CommonLabels.alertname }}",
            group: "{{ .CommonLabels.namespace }}",
            links: [
              { href: "{{ .CommonAnnotations.runbook_url }}", text: "Runbook" },
              { href: "{{ .CommonAnnotations.dashboard_url }}", text: "Dashboard" },
            ],
          },
        ],
      };
    case "chat":
      return {
        name,
        slack_configs: [
          {
            send_resolved: true,
            api_url_file: `${secretsFolder}/${secretNames.chat}/${owner.name}`,
            channel: owner.contact.chat,
            title: subject,
            title_link: "{{ .CommonAnnotations.runbook_url }}",
            text: '{{ template "plinth.alerts" . }}',
          },
        ],
      };
    case "email":
      return { name, email_configs: [{ send_resolved: true, to: owner.contact.email }] };
    case "none":
      return { name: nullReceiver };
  }
}

/** The receiver of the dead man's switch. */
export const watchdog: Receiver = {
  name: watchdogReceiver,
  webhook_configs: [{ send_resolved: false, url_file: `${secretsFolder}/${secretNames.watchdog}/url` }],
};
