import { alertMutants } from "./alert-mutants.ts";
import { alertingLive } from "./alerting-live.ts";
import { amtool } from "./amtool.ts";
import { apiServer } from "./api-server.ts";
import { argocd } from "./argocd.ts";
import { argocdReads } from "./argocd-reads.ts";
import { breakage } from "./breakage.ts";
import { collectorMetrics } from "./collector-metrics.ts";
import { consequences } from "./consequences.ts";
import { controlPlane } from "./control-plane.ts";
import { dashboardData } from "./dashboard-data.ts";
import { dashboardLogql } from "./dashboard-data-logql.ts";
import { dashboards } from "./dashboards.ts";
import { delivery } from "./delivery.ts";
import { exceptions } from "./exceptions.ts";
import { flux } from "./flux.ts";
import { grafanaDeliveries } from "./grafana-deliveries.ts";
import { guardRails } from "./guard-rails.ts";
import type { Judge } from "./judge.ts";
import { kubeconform } from "./kubeconform.ts";
import { kubeconformRules } from "./kubeconform-rules.ts";
import { kustomize } from "./kustomize.ts";
import { kyverno } from "./kyverno.ts";
import { kyvernoChanges } from "./kyverno-changes.ts";
import { kyvernoMutants } from "./kyverno-mutants.ts";
import { network } from "./network.ts";
import { networkExposure } from "./network-exposure.ts";
import { networkRandom } from "./network-random.ts";
import { networkRemoval } from "./network-removal.ts";
import { objectComparison } from "./object-comparison.ts";
import { otelcol } from "./otelcol.ts";
import { pages } from "./pages.ts";
import { pint } from "./pint.ts";
import { plainCollectors } from "./plain-collectors.ts";
import { podSecurity } from "./pod-security.ts";
import { preview } from "./preview.ts";
import { promql } from "./promql.ts";
import { promtool } from "./promtool.ts";
import { quota } from "./quota.ts";
import { rbac } from "./rbac.ts";
import { rbacContainment } from "./rbac-containment.ts";
import { ruleEvaluation } from "./rule-evaluation.ts";
import { sampling } from "./sampling.ts";
import { sloBurn } from "./slo-burn.ts";
import { sloDifferential } from "./slo-differential.ts";
import { sloFormats } from "./slo-formats.ts";
import { sloth } from "./sloth.ts";
import { telemetryLoss } from "./telemetry-loss.ts";
import { telemetryPrivacy } from "./telemetry-privacy.ts";
import { toolsAnswerJudge } from "./tools-answer.ts";
import { workflows } from "./workflows.ts";
import { yaml } from "./yaml.ts";

/** Every judge, those first that take longest. */
export const judges: readonly Judge[] = [
  apiServer,
  delivery,
  controlPlane,
  quota,
  guardRails,
  kyverno,
  exceptions,
  kyvernoChanges,
  kyvernoMutants,
  podSecurity,
  rbac,
  consequences,
  networkRemoval,
  networkRandom,
  kubeconformRules,
  promtool,
  alertMutants,
  alertingLive,
  plainCollectors,
  telemetryLoss,
  sampling,
  telemetryPrivacy,
  collectorMetrics,
  amtool,
  yaml,
  kubeconform,
  promql,
  ruleEvaluation,
  dashboardData,
  preview,
  sloth,
  sloDifferential,
  sloFormats,
  network,
  networkExposure,
  rbacContainment,
  kustomize,
  objectComparison,
  sloBurn,
  pint,
  otelcol,
  argocd,
  argocdReads,
  flux,
  dashboardLogql,
  dashboards,
  grafanaDeliveries,
  breakage,
  pages,
  workflows,
  toolsAnswerJudge,
];
