import { max, metric, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { stateHolds } from "../conditions/state.ts";

const secrets = metric("externalsecret_status_condition");

/** A secret is not brought. */
export const secretSyncFailing: Alert = defineAlert({
  ...stateHolds({
    metric: secrets,
    where: { condition: "Ready", status: "False" },
    object: { namespace: "team-backend", name: "checkout-database" },
    unlike: [{ status: "True" }, { condition: "Deleted" }],
  }),
  name: "SecretSyncFailing",
  category: "security",
  severity: "warning",
  owner: "namespace",
  software: "external-secrets",
  for: "15m",
  summary: ({ namespace, name }) => `ExternalSecret ${namespace}/${name} is not brought`,
  description: ({ namespace, name }) =>
    `external-secrets has not been able to bring ${namespace}/${name} for 15 minutes.`,
  impact: "The Secret is missing, or old: after a rotation logins fail.",
  dashboard: platformDashboardUid("secrets"),
  firstQueries: { logs: '{namespace="external-secrets"} |= "<name>" |= "error"' },
  runbook: {
    meaning:
      "The operator asks the store for the keys that the ExternalSecret names. One of them is not there, may not be read, or has no such property.",
    impact:
      "A new service waits in ContainerCreating or CreateContainerConfigError. A running one goes on until the old value is refused.",
    diagnosis: [
      { text: "What is refused?", command: "kubectl describe externalsecret --namespace <namespace> <name>" },
      {
        text: "Is it only this one? If all of a store fail, it is the store.",
        promql: max(select(secrets, { condition: "Ready", status: "False" }), { by: ["namespace", "name"] }),
      },
      {
        text: "Does the key exist in the store, by exactly this name?",
        command: "aws secretsmanager describe-secret --secret-id <key>",
      },
    ],
    mitigation: [
      { text: "Make the key in the store, or correct its name in Git; keys are by environment." },
      { text: "If it may not be read, the policy of the team's role has to name it." },
      {
        text: "Then do not wait for the next round.",
        command: "kubectl annotate externalsecret --namespace <namespace> <name> force-sync=$(date +%s) --overwrite",
      },
    ],
  },
});
