import { fieldAt } from "@plinth/core";
import type { CollectorConfig } from "@plinth/otel";
import type { ObjectChange } from "../../comparison/tree-comparison.ts";
import type { Consequence } from "../consequence.ts";
import type { About } from "../whole/about.ts";
import { leafChanges } from "../whole/leaf-changes.ts";
import { isRedaction } from "./redaction.ts";

/** How much may wait while a receiver of it is down: the queues of exporters. */
export function bufferChanges(
  base: About,
  name: string,
  before: CollectorConfig,
  after: CollectorConfig,
): readonly Consequence[] {
  return Object.entries(after.exporters).flatMap(([id, options]): readonly Consequence[] => {
    const other = before.exporters[id];
    if (other === undefined) return [];
    const [was, is] = [queueOf(other), queueOf(options)];
    if (was === is || was === undefined || is === undefined) return [];
    return [
      {
        rule: is < was ? "telemetry-buffer-reduced" : "telemetry-buffer-grown",
        ...base,
        subject: `queue of ${id} in ${name}`,
        text: `holds ${amount(is, options)}, not ${amount(was, other)}`,
        details: [],
      },
    ];
  });
}

function queueOf(options: unknown): number | undefined {
  const queue = fieldAt(options, "sending_queue") ?? fieldAt(options, "remote_write_queue");
  if (fieldAt(queue, "enabled") === false) return 0;
  const size = fieldAt(queue, "queue_size");
  return typeof size === "number" ? size : undefined;
}

function amount(size: number, options: unknown): string {
  const bytes = fieldAt(options, "sending_queue", "sizer") === "bytes";
  return bytes ? `${Number((size / 2 ** 20).toPrecision(4))} MiB` : `${size} requests`;
}

// What other consequences say: where telemetry goes, how it is protected, chosen and masked, and what pods ask for.
const toldElsewhere: readonly RegExp[] = [
  /^spec\.(?:image|replicas|autoscaler|resources|volumeClaimTemplates)\b/,
  /^spec\.env\b.*GOMEMLIMIT/,
  /^spec\.config\.service\.pipelines\b/,
  // Whose a service is and of which tier: it follows the services.
  /^spec\.config\.processors\.transform\/services\b/,
  /^spec\.config\.exporters\.[^.]+(?:$|\.(?:endpoint|resolver|region)\b|\..*\btls\b|\.tls\b|\..*queue_size$)/,
  /^spec\.config\.processors\.(?:tail_sampling|probabilistic_sampler)[^.]*\.(?:policies|sampling_percentage)\b/,
];

/** Everything else that a collector is set to, in one sentence. */
export function settingChanges(base: About, name: string, { before, after }: ObjectChange): readonly Consequence[] {
  const fields = leafChanges(fieldAt(before?.resource, "spec"), fieldAt(after?.resource, "spec"), "spec").filter(
    ({ path }) =>
      !toldElsewhere.some((pattern) => pattern.test(path)) &&
      !isRedaction(/^spec\.config\.processors\.([^.[]+)/.exec(path)?.[1] ?? "") &&
      !isWholeComponent(path),
  );
  if (fields.length === 0) return [];
  return [
    {
      rule: "collector-settings-changed",
      ...base,
      subject: name,
      text: `works with ${fields.length === 1 ? "another setting" : `${fields.length} other settings`}`,
      details: fields.map(
        ({ path, before: was, after: is }) => `${path.replace(/^spec\.(?:config\.)?/, "")}: ${is}, not ${was}`,
      ),
    },
  ];
}

/** A component that comes or goes is told by the pipelines that use it. */
function isWholeComponent(path: string): boolean {
  return /^spec\.config\.(?:receivers|processors|connectors|exporters)\.[^.]+$/.test(path);
}
