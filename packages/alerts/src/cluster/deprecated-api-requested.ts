import { equal, max, metric, notEqualTo, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const deprecated = metric("apiserver_requested_deprecated_apis");
const requests = metric("apiserver_request_total");
const server = { job: "apiserver" } as const;
const by = ["group", "version", "resource", "removed_release"] as const;
const old = {
  group: "flowcontrol.apiserver.k8s.io",
  version: "v1beta3",
  resource: "flowschemas",
  removed_release: "1.32",
} as const;

/** Somebody uses an API that a coming release of Kubernetes removes. */
export const deprecatedApiRequested: Alert = defineAlert({
  name: "DeprecatedApiRequested",
  category: "cluster",
  severity: "info",
  labels: by,
  expr: equal(max(select(deprecated, { ...server, removed_release: notEqualTo("") }), { by }), 1),
  for: "15m",
  summary: ({ group, version, resource, removed_release }) =>
    `${resource} of ${group}/${version} is in use, and Kubernetes ${removed_release} removes it`,
  description: ({ group, version, resource, removed_release }) =>
    `Since the API server started, somebody has asked for ${resource} of ${group}/${version}, which is not there any more from Kubernetes ${removed_release} on.`,
  impact: "None until the upgrade to that release; then whoever asks for it fails.",
  runbook: {
    meaning:
      "The API server remembers since its start which deprecated APIs were asked for, and knows the release that removes them. It does not say who asked.",
    impact: "The upgrade is blocked until nobody asks any more: EKS names it in its upgrade insights, too.",
    diagnosis: [
      {
        text: "How often, and with which verbs? A few lists a day may be a tool that looks at everything.",
        promql: sum(rate(select(requests, { ...server, group: "<group>", version: "<version>" }), "1h"), {
          by: ["verb", "resource"],
        }),
      },
      {
        text: "Who? The audit log marks such requests with the annotation k8s.io/deprecated and has the user agent.",
      },
      {
        text: "Is it in Git? Look for the old apiVersion in manifests and charts.",
        command: "git grep 'apiVersion: <group>/<version>'",
      },
    ],
    mitigation: [
      {
        text: "Move manifests to the version that replaces it, and upgrade the chart or the client library of whoever asks.",
      },
      {
        text: "The alert ends when the API server is restarted and nobody has asked since: on EKS at the latest with the next upgrade of the control plane.",
      },
    ],
  },
  dashboard: platformDashboardUid("api-server"),
  fires: [
    {
      name: "it is asked for",
      after: "5m",
      until: "30m",
      labels: old,
      series: [series(deprecated, { ...server, ...old }, steady(0, "5m"), steady(1, "25m"), steady(0))],
    },
  ],
  quiet: [
    {
      name: "no release removes it",
      series: [series(deprecated, { ...server, ...old, removed_release: "" }, steady(1))],
    },
    {
      name: "an aggregated server is asked for it",
      series: [series(deprecated, { job: "aggregated", ...old }, steady(1))],
    },
  ],
});
