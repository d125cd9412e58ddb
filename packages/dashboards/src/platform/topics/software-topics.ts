import {
  bucketsOf,
  divide,
  histogramQuantile,
  increase,
  max,
  metric,
  min,
  oneOf,
  rate,
  select,
  subtract,
  sum,
  time,
} from "@plinth/metrics";
import { query } from "../../model/query.ts";
import { badBelow } from "../../model/thresholds.ts";
import { type Topic, window } from "../topic.ts";

const results = metric("kyverno_validating_policy_results_total");

const policies: Topic = {
  name: "policies",
  title: "Policies",
  description: "What the admission policies say, and how Kyverno is.",
  overview: [
    {
      title: "Results",
      asks: sum(rate(results, window), { by: ["result"] }),
      unit: "ops",
      legend: "{{result}}",
      min: 0,
      stacked: true,
      description: "Verdicts of policies per second.",
    },
    {
      title: "Violations by policy",
      asks: sum(increase(select(results, { result: "fail" }), window), { by: ["policy_name"] }),
      unit: "short",
      legend: "{{policy_name}}",
      min: 0,
      description: "Objects that a policy found wrong, whether it refused them or only said so.",
    },
    {
      title: "Violations by namespace",
      asks: sum(increase(select(results, { result: "fail" }), window), { by: ["resource_namespace"] }),
      unit: "short",
      legend: "{{resource_namespace}}",
      min: 0,
      description: "Objects that a policy found wrong, by where they are.",
    },
    {
      title: "Admission requests",
      asks: sum(rate(metric("kyverno_admission_requests_total"), window), { by: ["request_allowed"] }),
      unit: "reqps",
      legend: "allowed: {{request_allowed}}",
      min: 0,
      stacked: true,
      description: "Changes per second that Kyverno was asked about.",
    },
    {
      title: "Time of an admission",
      asks: [
        query(
          "p95",
          histogramQuantile(
            0.95,
            sum(rate(bucketsOf(metric("kyverno_admission_review_duration_seconds")), window), { by: ["le"] }),
          ),
          { exemplars: true },
        ),
      ],
      unit: "s",
      min: 0,
      description: "95 of 100 changes wait less for Kyverno.",
    },
  ],
};

const applications = metric("argocd_app_info");

const delivery: Topic = {
  name: "delivery",
  title: "Delivery",
  description: "Whether what runs is what stands in Git: Argo CD's applications, and the rollouts of Argo Rollouts.",
  overview: [
    {
      title: "Applications by sync",
      software: "argocd",
      asks: sum(applications, { by: ["sync_status"] }),
      unit: "short",
      legend: "{{sync_status}}",
      min: 0,
      decimals: 0,
      stacked: true,
      description: "Applications that are as Git says, and that are not.",
    },
    {
      title: "Applications by health",
      software: "argocd",
      asks: sum(applications, { by: ["health_status"] }),
      unit: "short",
      legend: "{{health_status}}",
      min: 0,
      decimals: 0,
      stacked: true,
      description: "Applications that work, and that do not.",
    },
    {
      title: "Syncs",
      software: "argocd",
      asks: sum(increase(metric("argocd_app_sync_total"), window), { by: ["phase"] }),
      unit: "short",
      legend: "{{phase}}",
      min: 0,
      description: "Syncs, by how they ended.",
    },
    {
      title: "Time of a reconciliation",
      software: "argocd",
      asks: [
        query(
          "p95",
          histogramQuantile(0.95, sum(rate(bucketsOf(metric("argocd_app_reconcile")), window), { by: ["le"] })),
          { exemplars: true },
        ),
      ],
      unit: "s",
      min: 0,
      description: "95 of 100 comparisons of an application with Git are faster.",
    },
    {
      title: "Requests to Git",
      software: "argocd",
      asks: [
        query("requests", sum(rate(metric("argocd_git_request_total"), window))),
        query("failed", sum(rate(metric("argocd_git_fetch_fail_total"), window))),
      ],
      unit: "reqps",
      min: 0,
      description: "What Argo CD asks the repositories, per second.",
    },
    {
      title: "Rollouts by phase",
      software: "argo-rollouts",
      asks: sum(metric("rollout_info"), { by: ["phase"] }),
      unit: "short",
      legend: "{{phase}}",
      min: 0,
      decimals: 0,
      stacked: true,
      description: "Rollouts that are on their way, have arrived, or went wrong.",
    },
  ],
};

const certificates: Topic = {
  name: "certificates",
  title: "Certificates",
  description: "How long certificates are still valid, and whether they are renewed.",
  overview: [
    {
      title: "Time left",
      asks: subtract(
        min(metric("certmanager_certificate_expiration_timestamp_seconds"), { by: ["namespace", "name"] }),
        time(),
      ),
      unit: "s",
      legend: "{{namespace}} {{name}}",
      thresholds: badBelow({ warning: 1_209_600, bad: 259_200 }),
      description: "How long each certificate is still valid.",
    },
    {
      title: "Certificates that are not ready",
      asks: sum(select(metric("certmanager_certificate_ready_status"), { condition: oneOf("False", "Unknown") }), {
        by: ["namespace"],
      }),
      unit: "short",
      legend: "{{namespace}}",
      min: 0,
      decimals: 0,
      description: "Certificates that are missing or out of date.",
    },
    {
      title: "Requests to the authority",
      asks: sum(rate(metric("certmanager_http_acme_client_request_count"), window), { by: ["host", "status"] }),
      unit: "reqps",
      legend: "{{host}} {{status}}",
      min: 0,
      description: "Requests per second by ACME, by how they were answered.",
    },
    {
      title: "Errors by controller",
      asks: sum(rate(metric("certmanager_controller_sync_error_count"), window), { by: ["controller"] }),
      unit: "eps",
      legend: "{{controller}}",
      min: 0,
      description: "What cert-manager could not do and tries again, per second.",
    },
  ],
};

const secrets: Topic = {
  name: "secrets",
  title: "Secrets",
  description: "Whether secrets come from their store as they should.",
  overview: [
    {
      title: "Secrets that are not ready",
      asks: sum(
        select(metric("externalsecret_status_condition"), { condition: "Ready", status: oneOf("False", "Unknown") }),
        { by: ["namespace"] },
      ),
      unit: "short",
      legend: "{{namespace}}",
      min: 0,
      decimals: 0,
      description: "ExternalSecrets whose Secret is missing or old.",
    },
    {
      title: "Calls to the stores",
      asks: [
        query("calls", sum(rate(metric("externalsecret_sync_calls_total"), window))),
        query("errors", sum(rate(metric("externalsecret_sync_calls_error"), window))),
      ],
      unit: "reqps",
      min: 0,
      description: "How often secrets are asked for, per second, and how often that fails.",
    },
    {
      title: "Stores that are not ready",
      asks: sum(
        select(metric("clustersecretstore_status_condition"), {
          condition: "Ready",
          status: oneOf("False", "Unknown"),
        }),
        { by: ["name"] },
      ),
      unit: "short",
      legend: "{{name}}",
      min: 0,
      decimals: 0,
      description: "Stores that cannot be asked: no secret of theirs is renewed.",
    },
  ],
};

const bySchedule = { by: ["schedule"] } as const;

const backups: Topic = {
  name: "backups",
  title: "Backups",
  description: "How old the newest backups are, and whether the next ones will succeed.",
  overview: [
    {
      title: "Age of the newest backup",
      asks: subtract(time(), max(metric("velero_backup_last_successful_timestamp"), bySchedule)),
      unit: "s",
      legend: "{{schedule}}",
      min: 0,
      description: "What is younger would be lost.",
    },
    {
      title: "Backups that fail",
      asks: [
        query("failed", sum(increase(metric("velero_backup_failure_total"), window), bySchedule), {
          legend: "{{schedule}} failed",
        }),
        query("incomplete", sum(increase(metric("velero_backup_partial_failure_total"), window), bySchedule), {
          legend: "{{schedule}} incomplete",
        }),
      ],
      unit: "short",
      min: 0,
      description: "Backups that failed, and that lack something.",
    },
    {
      title: "Snapshots that fail",
      asks: divide(
        sum(rate(metric("velero_csi_snapshot_failure_total"), window), bySchedule),
        sum(rate(metric("velero_csi_snapshot_attempt_total"), window), bySchedule),
      ),
      unit: "percentunit",
      legend: "{{schedule}}",
      min: 0,
      description: "Share of the snapshots of volumes that failed.",
    },
    {
      title: "Locations",
      asks: min(metric("velero_backup_location_status_gauge"), { by: ["backup_location_name"] }),
      unit: "short",
      legend: "{{backup_location_name}}",
      min: 0,
      max: 1,
      decimals: 0,
      description: "1 where backups can be written, 0 where not.",
    },
  ],
};

/** What the platform runs for its teams. */
export const softwareTopics: readonly Topic[] = [policies, delivery, certificates, secrets, backups];
