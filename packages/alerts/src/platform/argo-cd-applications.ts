import { count, equal, increase, max, metric, oneOf, platformDashboardUid, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { hasHappened } from "../conditions/event.ts";
import { stateHolds } from "../conditions/state.ts";

const info = metric("argocd_app_info");
const syncs = metric("argocd_app_sync_total");
/** The Application's own namespace is Argo CD's: whom it concerns is where it delivers to. */
const application = { namespace: "team-backend", name: "production-backend-checkout" } as const;
const dashboard = platformDashboardUid("delivery");

/** An Application that syncs by itself differs from Git all the same. */
export const argoCdApplicationOutOfSync: Alert = defineAlert({
  // Without automatic sync, to be out of sync is to wait for somebody's approval.
  ...stateHolds({
    metric: info,
    where: { sync_status: "OutOfSync", autosync_enabled: "true" },
    object: application,
    namespaceFrom: "dest_namespace",
    unlike: [{ sync_status: "Synced" }, { autosync_enabled: "false" }],
  }),
  name: "ArgoCdApplicationOutOfSync",
  category: "platform",
  severity: "warning",
  owner: "namespace",
  software: "argocd",
  for: "30m",
  summary: ({ name }) => `Application ${name} does not come into sync`,
  description: ({ name, namespace }) =>
    `${name}, which delivers to ${namespace} and syncs by itself, has differed from Git for 30 minutes.`,
  impact: "What was merged is not running, or somebody's change by hand is.",
  dashboard,
  firstQueries: { logs: '{namespace="argocd", app="argocd-application-controller"} |= "<name>" |= "error"' },
  runbook: {
    meaning:
      "Argo CD compares the cluster with Git and syncs what differs. For half an hour that has not helped: the sync fails, is refused by admission, a sync window is closed, or a controller in the cluster changes the same field back each time.",
    impact: "New versions do not arrive. What runs is the last state that could be synced.",
    diagnosis: [
      { text: "What differs, and how did the last sync end?", command: "argocd app get <name> --show-operation" },
      {
        text: "The difference itself. A field that nobody wrote into Git is set by a controller or a webhook.",
        command: "argocd app diff <name>",
      },
      {
        text: "Is a sync window closed? Then nothing is wrong, and the sync comes when it opens.",
        command: "argocd proj windows list <project>",
      },
      {
        text: "Do others of the same project have it? Then it is the project's permission, or the repository.",
        promql: count(select(info, { sync_status: "OutOfSync", autosync_enabled: "true" }), { by: ["project"] }),
      },
    ],
    mitigation: [
      { text: "If admission refuses an object, change it in Git as the policy's message says." },
      {
        text: "If a controller owns the field (replicas of an autoscaler, a certificate in a webhook), take the field out of Git, or name it in ignoreDifferences.",
      },
      {
        text: "If somebody changed the cluster by hand in an emergency, bring the change into Git first, then sync; a sync takes it away.",
        command: "argocd app sync <name>",
      },
    ],
  },
});

/** What an Application delivers is not healthy. */
export const argoCdApplicationUnhealthy: Alert = defineAlert({
  ...stateHolds({
    metric: info,
    where: { health_status: oneOf("Degraded", "Missing") },
    object: application,
    namespaceFrom: "dest_namespace",
    sample: { health_status: "Degraded" },
    unlike: [{ health_status: "Progressing" }],
  }),
  name: "ArgoCdApplicationUnhealthy",
  category: "platform",
  severity: "warning",
  owner: "namespace",
  software: "argocd",
  for: "15m",
  summary: ({ name }) => `Application ${name} is degraded`,
  description: ({ name, namespace }) =>
    `Argo CD has called what ${name} delivers to ${namespace} degraded or missing for 15 minutes.`,
  impact: "A part of the application does not run, or runs with fewer replicas than it should.",
  dashboard,
  runbook: {
    meaning:
      "Argo CD judges each object by its own rules: a Deployment past its progress deadline, a failed Job, a claim that is lost, an Ingress without an address, an ExternalSecret that is not ready. One such object makes the Application degraded; an object that Git has and the cluster has not makes it missing.",
    impact: "It depends on the object: go to its own alert if there is one.",
    diagnosis: [
      {
        text: "Which object is it, and what does Argo CD say of it?",
        command: "argocd app get <name> --output tree=detailed",
      },
      {
        text: "What do its events say?",
        command: "kubectl events --namespace <namespace> --types Warning",
      },
      {
        text: "Did it begin with a sync?",
        promql: sum(increase(select(syncs, { name: "<name>" }), "1h"), { by: ["phase"] }),
      },
    ],
    mitigation: [
      { text: "If it began with a sync, revert the commit: the sync of the revert brings the old state back." },
      {
        text: "If an object is missing although Git has it, its creation was refused: the sync's result names who refused.",
      },
      { text: "If only Argo CD's judgement is wrong (a kind it does not know), tell the platform's team." },
    ],
  },
});

/** Argo CD cannot say what an Application should be. */
export const argoCdApplicationUnknown: Alert = defineAlert({
  ...stateHolds({
    metric: info,
    where: { sync_status: "Unknown" },
    object: application,
    namespaceFrom: "dest_namespace",
    unlike: [{ sync_status: "OutOfSync" }],
  }),
  name: "ArgoCdApplicationUnknown",
  category: "platform",
  severity: "warning",
  owner: "namespace",
  software: "argocd",
  for: "15m",
  summary: ({ name }) => `Argo CD cannot compare ${name} with Git`,
  description: ({ name }) => `Argo CD has not been able to say for 15 minutes what ${name} should be.`,
  impact: "Nothing is delivered to the application, and a change by hand is not noticed.",
  dashboard,
  firstQueries: { logs: '{namespace="argocd", app="argocd-repo-server"} |= "error"' },
  runbook: {
    meaning:
      "The comparison itself fails: the repository or its path cannot be read, the manifests in it are invalid, or the cluster cannot be asked. Argo CD keeps what runs as it is.",
    impact: "Deliveries of this application stand still. Nothing that runs is touched.",
    diagnosis: [
      { text: "The Application's conditions name the error.", command: "argocd app get <name> --hard-refresh" },
      {
        text: "Is it this one, or all of a repository or cluster?",
        promql: count(select(info, { sync_status: "Unknown" }), { by: ["repo", "dest_server"] }),
      },
      {
        text: "Does the path exist in the branch that it names, and do its files parse?",
        command: "git ls-tree origin/main -- <path>",
      },
    ],
    mitigation: [
      { text: "If one path is broken, repair or revert the commit that broke it." },
      { text: "If a whole repository is, go on with ArgoCdGitRequestsFailing." },
      { text: "If a whole cluster is, go on with ArgoCdClusterConnectionLost." },
    ],
  },
});

/** Syncs of an Application fail. */
export const argoCdSyncFailed: Alert = defineAlert({
  ...hasHappened({
    metric: syncs,
    where: { phase: oneOf("Error", "Failed") },
    object: { project: "backend", name: "production-backend-checkout" },
    sample: { phase: "Failed" },
    unlike: [{ phase: "Succeeded" }],
    within: "1h",
  }),
  name: "ArgoCdSyncFailed",
  category: "platform",
  // It repeats itself by retries; what stays is told to the team by ArgoCdApplicationOutOfSync.
  severity: "info",
  software: "argocd",
  summary: ({ name }) => `A sync of ${name} failed`,
  description: ({ name, project }) => `A sync of ${name} in the project ${project} has failed within the last hour.`,
  impact: "A delivery did not go through at the first attempt.",
  dashboard,
  runbook: {
    meaning:
      "A sync ended as Failed (an object was refused, or a hook failed) or as Error (it could not be carried out). With automatic sync Argo CD tries again with growing pauses; many failures of many applications at once point to something that they share.",
    impact: "None by itself: what runs stays as it was.",
    diagnosis: [
      {
        text: "Who else fails? A shared cause shows as several projects at the same time.",
        promql: sum(increase(select(syncs, { phase: oneOf("Error", "Failed") }), "1h"), { by: ["project", "name"] }),
      },
      { text: "What did the last one say, object by object?", command: "argocd app get <name> --show-operation" },
      {
        text: "Which states do the applications have now?",
        promql: equal(max(select(info, { name: "<name>" }), { by: ["sync_status", "health_status"] }), 1),
      },
    ],
    mitigation: [
      { text: "If a policy refused the object, the message says what to change in Git." },
      { text: "If a hook's Job failed, read its log before it is deleted, repair it, and sync again." },
      { text: "If the API server refused by conflict or timeout, wait for the retry." },
    ],
  },
});
