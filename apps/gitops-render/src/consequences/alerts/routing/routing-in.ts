import { type AlertmanagerConfig, type Receiver, receiversOf } from "@plinth/alerts";
import { once, textAt } from "@plinth/core";
import type { Tree, TreeObject } from "../../../comparison/tree-comparison.ts";
import { arrivingLabels, type RenderedAlert } from "../rules-of.ts";
import { readAlertmanagerConfig } from "./read-config.ts";

/** The routing of an environment, and the object that says it. */
export interface RenderedRouting {
  readonly object: TreeObject;
  /** Left out where it cannot be read. */
  readonly config?: AlertmanagerConfig;
}

/** The routing that an object says; `undefined` for one that says none. */
export const routingOf: (object: TreeObject) => RenderedRouting | undefined = once((object: TreeObject) => {
  const text = configText(object);
  if (text === undefined) return undefined;
  const config = readAlertmanagerConfig(text);
  return { object, ...(config === undefined ? {} : { config }) };
});

/** The Prometheus operator reads `alertmanager.yaml` of a Secret; some mount it from a ConfigMap. */
function configText({ resource }: TreeObject): string | undefined {
  const plain = textAt(resource, "stringData", "alertmanager.yaml");
  if (plain !== "") return plain;
  const data = textAt(resource, "data", "alertmanager.yaml");
  if (data === "") return undefined;
  return resource.kind === "Secret" ? new TextDecoder().decode(bytesOf(data)) : data;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64.replaceAll(/\s/g, "")), (character) => character.charCodeAt(0));
}

/** The routing of an environment: the first object that says one. */
export function routingIn(tree: Tree, environment: string): RenderedRouting | undefined {
  for (const object of tree.objectsIn(environment, "Secret", "ConfigMap")) {
    const routing = routingOf(object);
    if (routing !== undefined) return routing;
  }
  return undefined;
}

/** True when an alert calls somebody. Where no routing is rendered, what is critical does. */
export function pagesIn(tree: Tree, environment: string, alert: RenderedAlert): boolean {
  const config = routingIn(tree, environment)?.config;
  if (config === undefined) return alert.labels.severity === "critical";
  const receivers = new Set(receiversOf(config, arrivingLabels(alert)));
  return config.receivers.some((receiver) => receivers.has(receiver.name) && pages(receiver));
}

/** True when a receiver calls somebody. */
export function pages({ pagerduty_configs = [] }: Receiver): boolean {
  return pagerduty_configs.length > 0;
}

/** Where the messages of a receiver go: `PagerDuty backend`, `#team-backend`. Never a key: files of secrets by their last part. */
export function addressesOf({
  pagerduty_configs = [],
  slack_configs = [],
  email_configs = [],
  webhook_configs = [],
}: Receiver): readonly string[] {
  return [
    ...pagerduty_configs.map(({ routing_key_file }) => `PagerDuty ${lastPart(routing_key_file)}`.trim()),
    ...slack_configs.map(({ channel }) => channel || "Slack"),
    ...email_configs.map(({ to }) => to),
    ...webhook_configs.map(({ url_file }) => `webhook ${lastPart(url_file)}`.trim()),
  ];
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
