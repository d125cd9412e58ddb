import type { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { AlertListPanel } from "../../model/dashboard.ts";
import { describedPanel, type PanelPlace } from "./panel-builder.ts";

/**
 * What the panel reads; Grafana's builders do not know it.
 *
 * @see https://github.com/grafana/grafana/blob/main/public/app/plugins/panel/alertlist/types.ts
 * @see https://github.com/grafana/grafana/blob/main/public/app/plugins/panel/alertlist/module.tsx for what Grafana takes where an option is not said
 */
interface AlertListOptions {
  readonly alertInstanceLabelFilter: string;
  readonly maxItems: number;
  /** Each alert of a rule with its labels, not only how many there are. */
  readonly showInstances: boolean;
  /** 1 and 2 by name, 3 by importance, 4 and 5 by time. */
  readonly sortOrder: 1 | 2 | 3 | 4 | 5;
  readonly stateFilter: Partial<Record<"error" | "firing" | "noData" | "normal" | "pending" | "recovering", boolean>>;
}

export function alertListBuilder(panel: AlertListPanel, place: PanelPlace): PanelBuilder {
  const options: AlertListOptions = {
    alertInstanceLabelFilter: panel.matchers,
    maxItems: 50,
    showInstances: true,
    sortOrder: 3,
    // Beside the alerts that fire, are about to or no longer do, and those that failed.
    stateFilter: { noData: true },
  };
  return describedPanel("alertlist", panel, place).options(options);
}
