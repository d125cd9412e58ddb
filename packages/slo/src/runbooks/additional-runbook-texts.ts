import { metric, rate, select, spanMetrics, sum } from "@plinth/metrics";
import type { additionalAlertNames } from "../rules/additional-rules.ts";
import type { BurnRunbook } from "./burn-runbook-texts.ts";

const service = "<service>";
const remaining = select(metric("slo:period_error_budget_remaining:ratio"), { sloth_service: service });

const lowBudget: BurnRunbook = {
  meaning:
    "Of the error budget of the period no more is left than the alert says. It is not about how fast it goes: a slow burn over weeks brings it as surely as one bad day. The alert says nothing until a tenth of the period has been recorded.",
  impact: "Nobody has to get up. The next incident may break the promise, or has broken it.",
  diagnosis: [
    { text: "Was it one incident or a slope?", promql: remaining },
    {
      text: "Which operation failed most?",
      promql: sum(
        rate(select(spanMetrics.calls, { service_name: service, status_code: spanMetrics.statuses.error }), "1d"),
        { by: ["span_name"] },
      ),
    },
  ],
  mitigation: [
    {
      text: "Do what was agreed for this much budget: the alert's description says it, and docs/slo/<environment>.md.",
    },
    {
      text: "If the promise is stricter than anybody needs, agree with whoever depends on the service on another one, and change it in the model.",
    },
  ],
};

/** The pages of the alerts that an objective can have beside those on its burn rate. */
export const additionalTexts: Readonly<
  Record<(typeof additionalAlertNames)[keyof typeof additionalAlertNames], BurnRunbook>
> = {
  SloMetricAbsent: {
    meaning:
      "The series that a promise is counted from are not in Prometheus. No ratio is recorded, so no other alert of the promise can fire, whatever happens. It waits as long as a full outage would need to page, because that is what it may be.",
    impact: "Nobody knows whether the promise is kept.",
    diagnosis: [
      {
        text: "Is anything of the service there? For a promise that counts spans:",
        promql: sum(rate(select(spanMetrics.calls, { service_name: service }), "5m"), { by: ["span_kind"] }),
      },
      { text: "Do its pods run? If none does, this is the outage." },
      {
        text: "Do the collectors send? Look at the dashboard of the collectors and at their own alerts: then other services are missing, too.",
      },
      {
        text: "Was a label or a metric renamed with the last deployment? Compare the queries of the SLO with what Prometheus has.",
      },
    ],
    mitigation: [
      { text: "If the service is away, treat it as an outage of the service." },
      { text: "If the telemetry is away, repair that; until then watch the service by its callers." },
      { text: "If a name has changed, change the promise, or the name back." },
    ],
  },
  ErrorBudgetLow: lowBudget,
  ErrorBudgetExhausted: lowBudget,
};
