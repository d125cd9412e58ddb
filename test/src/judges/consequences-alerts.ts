import type { AlertOverrideInput } from "@plinth/core";
import { availability, latency, throughput } from "@plinth/slo";
import type { Edit, EditCase } from "./consequences-edits.ts";
import { paging, service } from "./consequences-edits.ts";

const overrides =
  (...added: readonly AlertOverrideInput[]): Edit =>
  (platform) => ({ ...platform, alertOverrides: [...(platform.alertOverrides ?? []), ...added] });
const because = "Somebody thought about it.";

/** Promises, alerts, and who is told. */
export const alertCases: readonly EditCase[] = [
  {
    what: "an availability is lowered",
    edit: service("payment", { promises: [availability(99.5), latency({ percentile: 95, below: "200ms" })] }),
    told: [
      "high | all environments | objective-loosened | objective availability goes from 99.9 % to 99.5 %: the budget grows from 43 min to 3 h 36 min in 30 days (payment)",
      "low | all environments | panels-changed | *",
    ],
  },
  {
    what: "a latency is looser",
    edit: service("payment", { promises: [availability(99.9), latency({ percentile: 95, below: "500ms" })] }),
    told: [
      "high | all environments | objective-limit-loosened | objective latency counts as bad from 500 ms, not from 200 ms (payment)",
      "medium | production and staging | slow-traces-from-later | slow traces through payment are all kept from 500 ms on, not from 200 ms on",
      "low | all environments | panels-changed | *",
      "other | development | changed OpenTelemetryCollector of otel-gateway-sampling",
    ],
  },
  {
    what: "a promise is given",
    edit: service("payment", {
      promises: [
        availability(99.9),
        latency({ percentile: 95, below: "200ms" }),
        throughput({ objective: 99, atLeast: 1, per: "15m", alerts: "ticket" }),
      ],
    }),
    told: [
      "low | all environments | objective-added | objective throughput is promised: 99 %, a budget of 7 h 12 min in 30 days (payment)",
      "none | all environments | dashboard-look-changed | *",
    ],
  },
  {
    what: "a promise is taken back",
    edit: service("checkout", {
      promises: [availability({ objective: 99.9, calendar: "month" }), latency({ percentile: 95, below: "200ms" })],
    }),
    told: [
      "high | all environments | objective-removed | objective throughput is promised no more: it was 99 %, a budget of 7 h 12 min in 30 days (checkout)",
      "none | all environments | dashboard-look-changed | *",
    ],
  },
  {
    what: "a promise is of a rolling window",
    edit: service("checkout", {
      promises: [
        availability(99.9),
        latency({ percentile: 95, below: "200ms" }),
        throughput({ objective: 99, atLeast: 1, per: "15m", alerts: "ticket" }),
      ],
    }),
    told: [
      "medium | all environments | objective-window-changed | objective availability is counted over the last 30 days, not over each month of the calendar (checkout)",
      "low | all environments | panels-removed | *",
    ],
  },
  {
    what: "a threshold is higher",
    edit: overrides({
      name: "disks",
      alert: "NodeFilesystemAlmostFull",
      environments: ["production"],
      threshold: "5%",
      because,
    }),
    told: [
      "medium | production | alert-less-sensitive | NodeFilesystemAlmostFull fires below 5 %, not below 10 %: less sensitive",
      "low | production | panels-changed | *",
    ],
  },
  {
    what: "a threshold is higher for a team",
    edit: overrides({ name: "throttled", alert: "ContainerCpuThrottled", teams: ["data"], threshold: "90%", because }),
    told: [
      "medium | all environments | alert-narrowed | ContainerCpuThrottled looks at every namespace but team-data and team-ml, not at every namespace but team-ml",
      "low | all environments | alert-added | ContainerCpuThrottled is a new alert",
      "low | all environments | panels-changed | *",
    ],
  },
  {
    what: "an alert waits longer",
    edit: overrides({ name: "nodes", alert: "NodeNotReady", environments: ["production"], for: "1h", because }),
    told: [
      "medium | production | alert-waits-longer | NodeNotReady fires after 1 h, not after 10 min",
      "none | production | dashboard-look-changed | *",
    ],
  },
  {
    what: "an alert calls nobody",
    edit: overrides({
      name: "errors",
      alert: "HighErrorRate",
      environments: ["production"],
      severity: "info",
      because,
    }),
    told: [
      "high | production | alert-severity-lowered | HighErrorRate is info, not critical (4 services of 3 teams)",
      "high | production | alert-severity-lowered | HighErrorRate is info, not warning (5 services of 3 teams)",
      "none | production | alert-text-changed | 8 alerts say the same in other words",
    ],
  },
  {
    what: "an alert is off",
    edit: overrides({ name: "oom", alert: "PodCrashLooping", environments: ["production"], off: true, because }),
    told: ["medium | production | alert-removed | PodCrashLooping is gone", "low | production | panels-removed | *"],
  },
  {
    what: "an alert does not look at a namespace",
    edit: overrides({
      name: "ml-pods",
      alert: "PodCrashLooping",
      environments: ["production"],
      excludedNamespaces: ["team-ml"],
      because,
    }),
    told: [
      "medium | production | alert-narrowed | PodCrashLooping looks at every namespace but team-ml, not at every namespace",
      "low | production | panels-changed | *",
    ],
  },
  {
    what: "an override goes",
    edit: (platform) => ({
      ...platform,
      alertOverrides: (platform.alertOverrides ?? []).filter(({ alert }) => alert !== "NodeFilesystemAlmostFull"),
    }),
    told: [
      "low | staging | alert-waits-less | NodeFilesystemAlmostFull fires after 15 min, not after 1 h",
      "none | staging | dashboard-look-changed | *",
    ],
  },
  {
    what: "nobody is called in production",
    edit: paging("production", { critical: "chat" }),
    told: [
      "critical | production | paged-no-more | critical alerts of ml page nobody any more: #team-ml is told, and PagerDuty ml and PagerDuty platform were paged",
      "critical | production | paged-no-more | critical alerts of ‹team› page nobody any more: #team-‹team› is told, and PagerDuty ‹team› was paged (5 teams)",
      "high | production | secret-lost | ExternalSecret alertmanager-pagerduty in monitoring is gone, and what reads the Secret that it makes fails",
    ],
  },
  {
    what: "warnings of production call somebody",
    edit: paging("production", { warning: "pagerduty" }),
    told: [
      "medium | production | paged-newly | warning alerts of ‹team› page PagerDuty ‹team›; before, #team-‹team› was told (6 teams)",
    ],
  },
  {
    what: "warnings of production go to e-mail",
    edit: paging("production", { warning: "email" }),
    told: [
      "medium | production | tells-somebody-else | warning alerts of ‹team› tell ‹team›@shop.example.com, not #team-‹team› (6 teams)",
    ],
  },
  {
    what: "staging calls somebody",
    edit: paging("staging", { critical: "pagerduty" }),
    told: [
      "low | staging | secret-appears | ExternalSecret alertmanager-pagerduty in monitoring comes",
      "low | staging | paged-newly | critical alerts of ml page PagerDuty ml and PagerDuty platform; before, #team-ml was told",
      "low | staging | paged-newly | critical alerts of ‹team› page PagerDuty ‹team›; before, #team-‹team› was told (5 teams)",
    ],
  },
  {
    what: "warnings are told at any time",
    edit: (platform) => ({
      ...platform,
      environments: platform.environments.map((each) => {
        if (each.name !== "production") return each;
        const { businessHours: _, ...rest } = each.paging;
        return { ...each, paging: rest };
      }),
    }),
    told: [
      "low | production | told-at-more-times | info alerts of 5 teams tell somebody at any time, not 50 h a week",
      "low | production | told-at-more-times | info alerts of data tell somebody 167 h a week, not 50 h a week",
      "low | production | told-at-more-times | warning alerts of 5 teams tell somebody at any time, not 50 h a week",
      "low | production | told-at-more-times | warning alerts of data tell somebody 167 h a week, not 50 h a week",
    ],
  },
  {
    what: "maintenance is over",
    edit: paging("production", { maintenance: [] }),
    told: ["other | production | changed Secret of alert-routing"],
  },
  {
    what: "another maintenance",
    edit: (platform) => ({
      ...platform,
      environments: platform.environments.map((each) =>
        each.name !== "production"
          ? each
          : {
              ...each,
              paging: {
                ...each.paging,
                maintenance: [
                  ...(each.paging.maintenance ?? []),
                  {
                    name: "cluster-upgrade",
                    because: "EKS is upgraded.",
                    from: "2026-12-05T22:00",
                    to: "2026-12-06T02:00",
                    timeZone: "Europe/Berlin",
                  },
                ],
              },
            },
      ),
    }),
    told: [
      "medium | production | told-at-other-times | critical alerts of 6 teams are quiet on other single days",
      "medium | production | told-at-other-times | info alerts of 6 teams are quiet on other single days",
      "medium | production | told-at-other-times | warning alerts of 6 teams are quiet on other single days",
      "low | production | inhibition-removed | alerts of services are told while one of a service that they call fires",
    ],
  },
];
