import { increase, max, metric, oneOf, platformDashboardUid, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { disappears } from "../conditions/disappearance.ts";
import { hasHappened } from "../conditions/event.ts";
import { levelAbove } from "../conditions/level.ts";

const vulnerabilities = metric("trivy_image_vulnerabilities");
const exposed = metric("trivy_image_exposedsecrets");
const audits = metric("trivy_resource_configaudits");
const verifications = metric("kyverno_image_validating_policy_results_total");
const image = { namespace: "team-backend", image_repository: "shop/checkout", image_tag: "1.4.2" } as const;
const workload = { resource_kind: "ReplicaSet", resource_name: "checkout-7d4f9", container_name: "checkout" } as const;
const dashboard = platformDashboardUid("security");
const reports = "kubectl get vulnerabilityreports --namespace <namespace> --output wide";

/** An image has critical vulnerabilities. */
export const imageCriticalVulnerabilities: Alert = defineTunableAlert({ value: 0, unit: "count" }, (limit) =>
  defineAlert({
    ...levelAbove({
      metric: vulnerabilities,
      where: { severity: "Critical" },
      object: image,
      sample: workload,
      unlike: [{ severity: "High" }],
      limit,
    }),
    name: "ImageCriticalVulnerabilities",
    category: "security",
    // Work of days, not of the night: it comes with the digest.
    severity: "info",
    owner: "namespace",
    software: "trivy-operator",
    for: "1h",
    summary: ({ image_repository, image_tag }) => `${image_repository}:${image_tag} has critical vulnerabilities`,
    description: ({ namespace, image_repository, image_tag }) =>
      `The image ${image_repository}:${image_tag}, which runs in ${namespace}, has more than ${limit} known critical vulnerabilities.`,
    impact: "Some of them can be used from the network without logging in.",
    dashboard,
    runbook: {
      meaning:
        "Trivy compared the packages of a running image with its database. Critical is the database's judgement, not yours: whether the vulnerable code is reachable decides.",
      impact: "None until somebody uses one.",
      diagnosis: [
        {
          text: "Which packages, and is there a fixed version?",
          command:
            'kubectl get vulnerabilityreports --namespace <namespace> --output json | jq \'.items[].report | select(.artifact.tag == "<image_tag>") | .vulnerabilities[] | select(.severity == "CRITICAL") | {vulnerabilityID, resource, installedVersion, fixedVersion}\'',
        },
        {
          text: "Which other images have them? A shared base image is repaired once.",
          promql: sum(select(vulnerabilities, { severity: "Critical" }), { by: ["image_repository", "image_tag"] }),
        },
        { text: "All reports of the namespace:", command: reports },
      ],
      mitigation: [
        { text: "Build the image anew: most are in the base image, and fixed there already." },
        {
          text: "If no fix exists and the code is reachable, close the way: network policy, feature flag, gateway rule.",
        },
        {
          text: "If it is not reachable, accept the risk in the model: with an owner, a reason and a day on which it ends.",
        },
      ],
    },
  }),
);

/** An image holds secrets. */
export const imageExposedSecrets: Alert = defineAlert({
  ...levelAbove({
    metric: exposed,
    where: { severity: oneOf("Critical", "High") },
    object: image,
    sample: { ...workload, severity: "Critical" },
    unlike: [{ severity: "Medium" }],
    limit: 0,
  }),
  name: "ImageExposedSecrets",
  category: "security",
  severity: "warning",
  owner: "namespace",
  software: "trivy-operator",
  summary: ({ image_repository, image_tag }) => `${image_repository}:${image_tag} holds a secret`,
  description: ({ namespace, image_repository, image_tag }) =>
    `A key or password lies readable in the image ${image_repository}:${image_tag}, which runs in ${namespace}.`,
  impact: "Whoever can pull the image has the secret.",
  dashboard,
  runbook: {
    meaning:
      "A file of the image looks like a private key, a cloud key or a token. It was copied in when the image was built, and is in every layer since.",
    impact: "Assume that it is known: registries are read by many.",
    diagnosis: [
      {
        text: "Which file, which kind?",
        command:
          "kubectl get exposedsecretreports --namespace <namespace> --output json | jq '.items[].report.secrets[] | {target, title, category}'",
      },
      { text: "Which tags have it?", promql: sum(exposed, { by: ["image_repository", "image_tag", "severity"] }) },
      { text: "Was it used? Look at the provider's audit log for the key." },
    ],
    mitigation: [
      {
        text: "Revoke the secret first, then build the image without it. Deleting the file in a later layer is not enough.",
      },
      { text: "Bring it by the secret store from now on." },
      { text: "If it is a test key, tell Trivy in .trivyignore, with a comment." },
    ],
  },
});

/** A workload fails critical checks. */
export const workloadConfigurationCritical: Alert = defineAlert({
  ...levelAbove({
    metric: audits,
    where: { severity: "Critical" },
    object: { namespace: "team-backend", resource_kind: "ReplicaSet", resource_name: "checkout-7d4f9" },
    unlike: [{ severity: "Low" }],
    limit: 0,
  }),
  name: "WorkloadConfigurationCritical",
  category: "security",
  severity: "info",
  owner: "namespace",
  software: "trivy-operator",
  for: "1h",
  summary: ({ namespace, resource_name }) => `${namespace}/${resource_name} fails critical checks`,
  description: ({ namespace, resource_kind, resource_name }) =>
    `The ${resource_kind} ${namespace}/${resource_name} fails critical checks of its configuration.`,
  impact: "A break-in there would reach further than it must.",
  dashboard,
  runbook: {
    meaning:
      "Trivy's checks of configuration found something critical: a privileged container, the host's network or files, a role that may do everything. Where a policy of ours forbids the same, this object has an exception or was there before.",
    impact:
      "Nobody notices today. What the checks name is what makes a later break-in a catastrophe: root in the container, the host's namespaces, secrets in variables.",
    diagnosis: [
      {
        text: "Which checks?",
        command:
          "kubectl get configauditreports --namespace <namespace> --output json | jq '.items[].report | .checks[] | select(.severity == \"CRITICAL\" and .success == false) | {checkID, title, messages}'",
      },
      {
        text: "Who else?",
        promql: sum(select(audits, { severity: "Critical" }), { by: ["namespace", "resource_kind", "resource_name"] }),
      },
      { text: "Is there an exception for it?", command: "kubectl get policyexceptions --all-namespaces" },
    ],
    mitigation: [
      { text: "Take the right away in Git; if the program needs it, find the one capability that is enough." },
      { text: "If it must stay, declare the accepted risk in the model." },
    ],
  },
});

/** There are no reports of images. */
export const imageReportsMissing: Alert = defineAlert({
  ...disappears(vulnerabilities),
  name: "ImageReportsMissing",
  category: "security",
  severity: "warning",
  software: "trivy-operator",
  for: "1h",
  summary: "There are no reports of images",
  description: "Prometheus has seen no report of Trivy for more than an hour.",
  impact: "New vulnerabilities are not noticed.",
  dashboard,
  runbook: {
    meaning: "The operator does not run, is not scraped, or all of its reports are gone because its scan jobs fail.",
    impact: "The alerts on images are silent.",
    diagnosis: [
      { text: "Does it run, and do scan jobs end?", command: "kubectl get pods,jobs --namespace trivy-system" },
      {
        text: "Can jobs fetch the database? A registry that limits is the usual reason.",
        command:
          "kubectl logs --namespace trivy-system --selector app.kubernetes.io/managed-by=trivy-operator --tail 20 --prefix",
      },
      {
        text: "Are there reports at all?",
        command: "kubectl get vulnerabilityreports --all-namespaces --no-headers | wc --lines",
      },
      {
        text: "If there are: is it scraped?",
        promql: max(select(metric("up"), { namespace: "trivy-system" }), { by: ["job", "pod"] }),
      },
    ],
    mitigation: [
      { text: "Use the mirror of the database: trivy.dbRepository." },
      { text: "If jobs are refused by quota or policy, make room in trivy-system." },
    ],
  },
});

/** Images without a valid signature are refused. */
export const imageVerificationFailing: Alert = defineAlert({
  ...hasHappened({
    metric: verifications,
    where: { result: oneOf("fail", "error") },
    object: { namespace: "team-backend", policy_name: "verify-image-signatures" },
    namespaceFrom: "resource_namespace",
    sample: { result: "fail", resource_kind: "Pod" },
    unlike: [{ result: "pass" }],
    within: "30m",
  }),
  name: "ImageVerificationFailing",
  category: "security",
  severity: "warning",
  owner: "namespace",
  software: "kyverno",
  summary: ({ namespace }) => `Images in ${namespace} have no valid signature`,
  description: ({ namespace, policy_name }) =>
    `The policy ${policy_name} could not verify an image in ${namespace} within the last 30 minutes.`,
  impact: "The pods are not created; those that restart elsewhere are not, either.",
  dashboard,
  runbook: {
    meaning:
      "fail: the image is not signed by whom the policy names, or its tag now means another image. error: the registry or the transparency log could not be asked. Tell the two apart first: one is a supply chain's alarm, the other an outage.",
    impact:
      "For an image that nobody signed: it did not get in, which is right. For an outage: no deployment of anybody.",
    diagnosis: [
      {
        text: "fail or error, and whose?",
        promql: sum(increase(verifications, "1h"), { by: ["resource_namespace", "policy_name", "result"] }),
      },
      {
        text: "Which image?",
        command:
          "kubectl logs --namespace kyverno --selector app.kubernetes.io/component=admission-controller --since 30m | grep --ignore-case verif",
      },
      {
        text: "Verify it by hand.",
        command: "cosign verify --certificate-identity-regexp <identity> --certificate-oidc-issuer <issuer> <image>",
      },
      { text: "Did the digest behind the tag change?", command: "crane digest <image>" },
    ],
    mitigation: [
      { text: "If the build simply did not sign, run its signing step." },
      {
        text: "If the digest changed and nobody released, stop: escalate to the security lead, and keep the registry's logs.",
      },
      { text: "error: wait for the registry, or set the policy to Audit in Git for that time, and say so." },
    ],
  },
});
