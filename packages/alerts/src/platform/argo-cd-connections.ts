import { increase, max, metric, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { increaseAbove } from "../conditions/increase.ts";
import { shareAbove } from "../conditions/share.ts";
import { stateHolds } from "../conditions/state.ts";

const fetches = metric("argocd_git_fetch_fail_total");
const looks = metric("argocd_git_lsremote_fail_total");
const connections = metric("argocd_cluster_connection_status");
const redis = metric("argocd_redis_request_total");
const dashboard = platformDashboardUid("delivery");

/** Argo CD cannot read a Git repository. */
export const argoCdGitRequestsFailing: Alert = defineTunableAlert({ value: 3, unit: "count" }, (limit) =>
  defineAlert({
    ...increaseAbove({
      metric: fetches,
      object: { repo: "https://git.example.com/shop/platform" },
      sample: { revision: "main" },
      within: "15m",
      limit,
    }),
    name: "ArgoCdGitRequestsFailing",
    category: "platform",
    severity: "warning",
    software: "argocd",
    for: "5m",
    summary: ({ repo }) => `Argo CD cannot read ${repo}`,
    description: ({ repo }) => `Fetching ${repo} has failed more than ${limit} times within 15 minutes.`,
    impact: "Nothing that is merged there is delivered; a revert is not, either.",
    dashboard,
    firstQueries: { logs: '{namespace="argocd", app="argocd-repo-server"} |= "failed to" |= "<repo>"' },
    runbook: {
      meaning:
        "The repository server fetches the repository for each refresh. It fails: the Git host is down or limits requests, the credentials have expired, a host key or certificate has changed, or the way out of the cluster is closed.",
      impact:
        "Applications of the repository become Unknown once the cache is no longer enough. What runs goes on, but no incident can be ended by a revert in Git.",
      diagnosis: [
        {
          text: "Which repositories? All of one host point to the host, one alone to its credentials.",
          promql: sum(increase(fetches, "15m"), { by: ["repo"] }),
        },
        {
          text: "Do the cheaper looks at the branches fail, too?",
          promql: sum(increase(looks, "15m"), { by: ["repo"] }),
        },
        { text: "What does Argo CD say of the connection?", command: "argocd repo list" },
        {
          text: "What does Git say: authentication, host key, timeout?",
          command: "kubectl logs --namespace argocd --selector app.kubernetes.io/name=argocd-repo-server --since 15m",
        },
        {
          text: "Can the pod reach the host at all? A timeout here is DNS, the network policy or the way out.",
          command:
            "kubectl debug --namespace argocd --stdin --tty <repo-server-pod> --image <debug-image> --target argocd-repo-server -- curl --verbose --max-time 5 <host>",
        },
      ],
      mitigation: [
        { text: "If the credentials have expired, renew them in the secret store; external-secrets brings them." },
        { text: "If the host limits requests, use webhooks instead of polling, and lengthen timeout.reconciliation." },
        {
          text: "If the host is down and production must change now, agree on it with the incident's lead, change the cluster by break-glass, and bring the change into Git afterwards.",
        },
      ],
    },
  }),
);

/** Argo CD cannot watch a cluster. */
export const argoCdClusterConnectionLost: Alert = defineAlert({
  ...stateHolds({ metric: connections, object: { server: "https://kubernetes.default.svc" }, is: 0 }),
  name: "ArgoCdClusterConnectionLost",
  category: "platform",
  severity: "warning",
  software: "argocd",
  for: "10m",
  summary: ({ server }) => `Argo CD has lost the cluster ${server}`,
  description: ({ server }) => `Argo CD's watches of ${server} have failed for 10 minutes.`,
  impact: "Nothing is delivered to the cluster, and what the page of Argo CD shows of it is old.",
  dashboard,
  runbook: {
    meaning:
      "The application controller holds a cache of every cluster that it delivers to, fed by watches. The cache cannot be brought up to date: the API server is not reachable or refuses the token, or one broken custom resource (a conversion webhook that does not answer) stops the listing of everything.",
    impact: "Every Application of the cluster stands still. Running workloads are not touched.",
    diagnosis: [
      { text: "The error is at the cluster itself.", command: "argocd cluster get <server>" },
      {
        text: "Does the API server answer others? If not, this is only a symptom.",
        command: "kubectl get --raw '/readyz?verbose'",
      },
      {
        text: "Does one aggregated API or conversion webhook block the listing?",
        promql: max(metric("aggregator_unavailable_apiservice"), { by: ["name"] }),
      },
      {
        text: "What does the controller say? Look for 'failed to sync cluster' and the kind that it names.",
        command:
          "kubectl logs --namespace argocd --selector app.kubernetes.io/name=argocd-application-controller --since 15m",
      },
    ],
    mitigation: [
      { text: "If a webhook or an aggregated API blocks, bring its pods back, or remove it if it is left over." },
      { text: "If the token is refused, renew the cluster's secret in Argo CD's namespace." },
      {
        text: "If nothing else helps, restart the controller once: it builds the cache anew, which takes minutes on a large cluster.",
        command: "kubectl rollout restart statefulset --namespace argocd argocd-application-controller",
      },
    ],
  },
});

/** Argo CD cannot use its cache. */
export const argoCdRedisFailing: Alert = defineTunableAlert({ value: 0.05, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({
      part: { metric: redis, where: { failed: "true" } },
      whole: { metric: redis, sample: { failed: "false" } },
      object: { initiator: "argocd-application-controller" },
      limit,
      least: 0.1,
    }),
    name: "ArgoCdRedisFailing",
    category: "platform",
    severity: "warning",
    software: "argocd",
    for: "15m",
    summary: ({ initiator }) => `${initiator} cannot use Argo CD's cache`,
    description: ({ initiator }, value) =>
      `${value.percentage} of the requests of ${initiator} to Redis have failed over the last 5 minutes.`,
    impact: "Argo CD renders everything anew each time: it becomes slow, and so does the Git host.",
    dashboard,
    runbook: {
      meaning:
        "Redis holds rendered manifests and the state of Applications. It may lose everything without harm, but while it cannot be used every comparison is made from the beginning.",
      impact: "Delivery is slow, the page of Argo CD shows errors, and repositories are fetched much more often.",
      diagnosis: [
        {
          text: "Who fails? All of them: Redis. One of them: its network policy or its password.",
          promql: sum(rate(select(redis, { failed: "true" }), "5m"), { by: ["initiator"] }),
        },
        {
          text: "Does Redis run, and was it killed for memory?",
          command: "kubectl describe pods --namespace argocd --selector app.kubernetes.io/name=argocd-redis",
        },
        {
          text: "What does it say?",
          command: "kubectl logs --namespace argocd --selector app.kubernetes.io/name=argocd-redis --since 15m",
        },
      ],
      mitigation: [
        { text: "If it was killed for memory, raise its limit: it grows with the number of Applications." },
        {
          text: "If the password changed, restart those who use it: they read it at the start.",
          command: "kubectl rollout restart deployment,statefulset --namespace argocd",
        },
        { text: "Redis may be restarted at any time: it holds nothing that cannot be made again." },
      ],
    },
  }),
);
