import { equal, increase, max, metric, oneOf, platformDashboardUid, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { disappears } from "../conditions/disappearance.ts";
import { shareAbove } from "../conditions/share.ts";
import { stateHolds } from "../conditions/state.ts";

const stores = metric("secretstore_status_condition");
const clusterStores = metric("clustersecretstore_status_condition");
const secrets = metric("externalsecret_status_condition");
const calls = metric("externalsecret_sync_calls_total");
const errors = metric("externalsecret_sync_calls_error");
const dashboard = platformDashboardUid("secrets");

/** A store of secrets of the whole cluster cannot be used. */
export const clusterSecretStoreNotReady: Alert = defineAlert({
  ...stateHolds({
    metric: clusterStores,
    where: { condition: "Ready", status: oneOf("False", "Unknown") },
    object: { name: "platform" },
    sample: { status: "False" },
    unlike: [{ status: "True" }, { condition: "Deleted" }],
  }),
  name: "ClusterSecretStoreNotReady",
  category: "platform",
  severity: "warning",
  software: "external-secrets",
  for: "10m",
  summary: ({ name }) => `ClusterSecretStore ${name} cannot be used`,
  description: ({ name }) => `external-secrets has not been able to use the store ${name} for 10 minutes.`,
  impact: "No secret of any team is brought or renewed; those that are there stay.",
  dashboard,
  runbook: {
    meaning:
      "The operator checks that it can log in to the store. It cannot: the role that it assumes has changed, the store is down, or the way to it is closed.",
    impact:
      "Secrets that exist go on as they are. New ones do not come, so new services do not start; rotated ones stay old, so that logins fail once the old value is refused.",
    diagnosis: [
      { text: "The condition names the reason.", command: "kubectl describe clustersecretstore <name>" },
      {
        text: "Which secrets suffer already?",
        promql: equal(max(select(secrets, { condition: "Ready", status: "False" }), { by: ["namespace", "name"] }), 1),
      },
      {
        text: "Can it assume its role? AccessDenied names role and reason.",
        command:
          "kubectl logs --namespace external-secrets --selector app.kubernetes.io/name=external-secrets --since 15m | grep --ignore-case denied",
      },
    ],
    mitigation: [
      {
        text: "If the role or its trust changed, take that change back: the cluster's identity provider must be in it.",
      },
      { text: "If the store is down, wait: nothing is deleted meanwhile." },
      { text: "If a secret is needed now, create it by hand; the operator takes it over when the store is back." },
    ],
  },
});

/** A team's store of secrets cannot be used. */
export const secretStoreNotReady: Alert = defineAlert({
  ...stateHolds({
    metric: stores,
    where: { condition: "Ready", status: oneOf("False", "Unknown") },
    object: { namespace: "team-backend", name: "backend" },
    sample: { status: "False" },
    unlike: [{ status: "True" }, { condition: "Deleted" }],
  }),
  name: "SecretStoreNotReady",
  category: "platform",
  severity: "warning",
  owner: "namespace",
  software: "external-secrets",
  for: "10m",
  summary: ({ namespace, name }) => `SecretStore ${namespace}/${name} cannot be used`,
  description: ({ namespace, name }) =>
    `external-secrets has not been able to use the store ${namespace}/${name} for 10 minutes.`,
  impact: "No secret of this store is brought or renewed.",
  dashboard,
  runbook: {
    meaning:
      "The store's own login does not work: its ServiceAccount or Secret is missing, the role behind it does not trust it, or the address is wrong.",
    impact: "The namespace's secrets stay as they are; new ones do not come.",
    diagnosis: [
      {
        text: "The condition names the reason.",
        command: "kubectl describe secretstore --namespace <namespace> <name>",
      },
      {
        text: "Does what it logs in with exist?",
        command: "kubectl get serviceaccounts,secrets --namespace <namespace>",
      },
      {
        text: "Do other stores work? If none does, it is the way to the store, and the platform's.",
        promql: sum(select(stores, { condition: "Ready", status: "True" }), { by: ["namespace", "name"] }),
      },
    ],
    mitigation: [
      { text: "Repair the ServiceAccount's role or the address in Git." },
      { text: "If the store is no longer used, take it out." },
    ],
  },
});

/** Bringing secrets fails. */
export const externalSecretsSyncErrors: Alert = defineTunableAlert({ value: 0.5, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({
      part: { metric: errors, sample: { name: "checkout" } },
      whole: { metric: calls, sample: { name: "checkout" } },
      object: {},
      limit,
      least: 0.02,
    }),
    name: "ExternalSecretsSyncErrors",
    category: "platform",
    // Of one secret, its team is told by SecretSyncFailing: this is about all of them.
    severity: "warning",
    software: "external-secrets",
    for: "15m",
    summary: "Most secrets cannot be brought",
    description: (_, value) =>
      `${value.percentage} of the attempts to bring secrets have failed over the last 5 minutes.`,
    impact: "Secrets of many teams are not renewed; new services do not start.",
    dashboard,
    runbook: {
      meaning:
        "Not one secret but most fail: the store, the way to it, its limits of requests, or the operator's identity.",
      impact: "As long as nothing is rotated, nobody notices. Pods that start with a new secret wait for it.",
      diagnosis: [
        { text: "Since when, and whose?", promql: sum(increase(errors, "1h"), { by: ["namespace"] }) },
        {
          text: "What is the error? Throttling means too many secrets or a too short refreshInterval.",
          command:
            "kubectl logs --namespace external-secrets --selector app.kubernetes.io/name=external-secrets --since 15m",
        },
        {
          text: "Are the stores ready?",
          promql: equal(max(select(clusterStores, { condition: "Ready", status: "True" }), { by: ["name"] }), 0),
        },
      ],
      mitigation: [
        { text: "If the store limits requests, lengthen refreshInterval: an hour is enough for most." },
        { text: "If the identity is refused, repair the role; see ClusterSecretStoreNotReady." },
      ],
    },
  }),
);

/** external-secrets is down. */
export const externalSecretsDown: Alert = defineAlert({
  ...disappears(calls),
  name: "ExternalSecretsDown",
  category: "platform",
  severity: "warning",
  software: "external-secrets",
  for: "30m",
  summary: "external-secrets is down",
  description: "Prometheus has seen no attempt to bring a secret for 40 minutes.",
  impact: "No secret is brought or renewed, and the alerts on secrets are silent.",
  dashboard,
  runbook: {
    meaning: "The operator's counters are gone: no pod runs, or none is scraped.",
    impact: "Secrets that exist stay. Rotated values do not arrive, so that logins fail when the old value ends.",
    diagnosis: [
      { text: "Does it run?", command: "kubectl get pods --namespace external-secrets" },
      {
        text: "Why did it end?",
        command:
          "kubectl logs --namespace external-secrets --selector app.kubernetes.io/name=external-secrets --previous --tail 100",
      },
      {
        text: "If it runs: is it scraped?",
        promql: max(select(metric("up"), { namespace: "external-secrets" }), { by: ["job", "pod"] }),
      },
    ],
    mitigation: [
      { text: "If a new version does not start, revert it in Git; its definitions may have a version that is gone." },
      { text: "If a rotation is planned, put it off until the operator runs." },
    ],
  },
});
