import type { LabelSet } from "../labels/label-set.ts";
import type { AlertmanagerConfig, Receiver } from "./alertmanager-config.ts";
import { type RoutingSituation, receiversOf } from "./receivers-of.ts";

/** An alert that another routing tells somebody else of. */
export interface RoutingChange {
  readonly labels: LabelSet;
  /** Receivers that were told, sorted, each once. Those that tell nobody are left out. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** `nobody`: somebody was told, and nobody is any more. `somebody`: nobody was, and somebody is. `somebody-else`: other receivers are. */
  readonly told: "nobody" | "somebody" | "somebody-else";
  /** True when it called somebody before or would after, and this is another one. */
  readonly pages: boolean;
}

/**
 * Which alerts another routing tells somebody else of, or nobody: what a reviewer must know of a change.
 *
 * @param alerts Labels of the alerts as they arrive at Alertmanager.
 * @param situation When it is, and what else fires. @default any time, nothing else
 * @throws RangeError for a configuration in which `alertmanagerFindings` finds something.
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const production = environmentNamed(platform, "production");
 * const quieter = { ...production, paging: { ...production.paging, critical: "chat" as const } };
 * compareRouting(alertmanagerConfig(platform, production), alertmanagerConfig(platform, quieter), [{ alertname: "NodeNotReady", severity: "critical" }]);
 */
export function compareRouting(
  before: AlertmanagerConfig,
  after: AlertmanagerConfig,
  alerts: readonly LabelSet[],
  situation: RoutingSituation = {},
): readonly RoutingChange[] {
  return alerts.flatMap((labels): readonly RoutingChange[] => {
    const was = tellingReceivers(before, labels, situation);
    const is = tellingReceivers(after, labels, situation);
    const [namesBefore, namesAfter] = [namesOf(was), namesOf(is)];
    if (namesBefore.join() === namesAfter.join() && sameContent(was, is)) return [];
    return [
      {
        labels,
        before: namesBefore,
        after: namesAfter,
        told: is.length === 0 ? "nobody" : was.length === 0 ? "somebody" : "somebody-else",
        pages: [...was, ...is].some(({ pagerduty_configs = [] }) => pagerduty_configs.length > 0),
      },
    ];
  });
}

function tellingReceivers(
  config: AlertmanagerConfig,
  labels: LabelSet,
  situation: RoutingSituation,
): readonly Receiver[] {
  const names = new Set(receiversOf(config, labels, situation));
  return config.receivers
    .filter((receiver) => names.has(receiver.name) && tells(receiver))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function tells({ name: _, ...channels }: Receiver): boolean {
  return Object.values(channels).some((list) => list.length > 0);
}

function namesOf(receivers: readonly Receiver[]): readonly string[] {
  return receivers.map(({ name }) => name);
}

/** A receiver may keep its name and tell another channel. */
function sameContent(a: readonly Receiver[], b: readonly Receiver[]): boolean {
  return JSON.stringify(a.map(addressesOf)) === JSON.stringify(b.map(addressesOf));
}

function addressesOf(receiver: Receiver): unknown {
  const { pagerduty_configs = [], slack_configs = [], email_configs = [], webhook_configs = [] } = receiver;
  return [
    pagerduty_configs.map(({ routing_key_file }) => routing_key_file),
    slack_configs.map(({ api_url_file, channel }) => [api_url_file, channel]),
    email_configs.map(({ to }) => to),
    webhook_configs.map(({ url_file }) => url_file),
  ];
}
