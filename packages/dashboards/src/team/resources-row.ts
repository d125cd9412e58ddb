import { placementIn } from "@plinth/core";
import {
  divide,
  type Expression,
  greaterThan,
  increase,
  max,
  metric,
  oneOf,
  select,
  sortDesc,
  sum,
  topk,
} from "@plinth/metrics";
import type { Panel } from "../model/dashboard.ts";
import { timeseries } from "../model/panel.ts";
import { barGauge } from "../model/panel-league.ts";
import { row } from "../model/row.ts";
import { badAbove } from "../model/thresholds.ts";
import type { TeamRow, TeamView } from "./team-row.ts";

const full = badAbove({ warning: 0.8, bad: 0.95 });

/**
 * How much of its quota the team uses, which containers start again, and how full its volumes are where its data stores run in the cluster.
 *
 * @example
 * import { environmentNamed, teamNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), team: teamNamed(platform, "backend") };
 * teamResourcesRow()(view)?.panels[0]?.title; // "Quota in use"
 */
export function teamResourcesRow(): TeamRow {
  return (view) => {
    const { namespace } = view.team;
    const restarts = increase(select(metric("kube_pod_container_status_restarts_total"), { namespace }), "$__interval");
    return row(
      "Quota and pods",
      [
        barGauge("Quota in use", sortDesc(quotaUse(namespace)), {
          unit: "percentunit",
          legend: "{{resource}}",
          min: 0,
          max: 1,
          thresholds: full,
          description:
            "What the team has taken of what its namespace may, the fullest first. At 100 % new pods are refused, also those of a rollout: ask for more before it, or take requests back that nobody uses.",
        }),
        timeseries(
          "Quota in use over time",
          quotaUse(namespace, ["requests.cpu", "requests.memory", "limits.memory", "pods"]),
          {
            unit: "percentunit",
            legend: "{{resource}}",
            min: 0,
            thresholds: full,
            description: "The same over time: how long is it enough?",
          },
        ),
        timeseries("Restarts", topk(10, greaterThan(sum(restarts, { by: ["pod", "container"] }), 0)), {
          unit: "short",
          legend: "{{pod}} {{container}}",
          min: 0,
          description:
            "The ten containers that started again most often. Read the log's end before the restart, and whether memory reached its limit.",
        }),
        ...volumes(view),
      ],
      { id: "resources" },
    );
  };
}

function quotaUse(namespace: string, resources: readonly string[] = []): Expression {
  const of = (type: "used" | "hard"): Expression =>
    max(
      select(metric("kube_resourcequota"), {
        namespace,
        type,
        ...(resources.length === 0 ? {} : { resource: oneOf(...resources) }),
      }),
      { by: ["resource"] },
    );
  return divide(of("used"), greaterThan(of("hard"), 0));
}

/** Only a team whose data stores run in the cluster has volumes that fill up. */
function volumes({ platform, environment, team }: TeamView): readonly Panel[] {
  const stores = platform.dataStores.filter(
    (store) => store.team === team.name && placementIn(store, environment).kind === "in-cluster",
  );
  if (stores.length === 0) return [];
  const of = { namespace: team.namespace };
  const by = ["persistentvolumeclaim"];
  return [
    timeseries(
      "Volumes in use",
      divide(
        sum(select(metric("kubelet_volume_stats_used_bytes"), of), { by }),
        sum(select(metric("kubelet_volume_stats_capacity_bytes"), of), { by }),
      ),
      {
        unit: "percentunit",
        legend: "{{persistentvolumeclaim}}",
        min: 0,
        max: 1,
        thresholds: full,
        description:
          "How full each volume is. A full one stops its database: make it larger, which needs no restart with most storage classes.",
      },
    ),
  ];
}
