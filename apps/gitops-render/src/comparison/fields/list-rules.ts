import { type Place, type PlaceRule, rulesByPlace } from "./place.ts";

/** How the members of one list are told apart, and whether their order has a meaning. */
export interface ListRule extends PlaceRule {
  /**
   * Fields that make two members the same one. Several alternatives are tried in turn on the members that are left. Without it members are the same that mean the same, and
   * of the rest those that are most alike.
   */
  readonly by?: readonly (readonly string[])[];
  /** Whether another order is another meaning. */
  readonly ordered: boolean;
  /** Fields by which a reader knows a member: the first that it has. @default the first alternative of `by` */
  readonly known?: readonly string[];
  /** Whether members that are left over are one that changed, when they are alike. @default true without `by`, false with it */
  readonly alike?: boolean;
}

const podSpec = "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/";

/** A list of the tables below, with the page that says so. */
interface Sourced extends ListRule {
  readonly source: string;
}

/** Kinds of Kubernetes itself: `x-kubernetes-list-type` and the merge keys of its API reference. */
const kubernetesLists: readonly Sourced[] = [
  // A later variable may refer to an earlier one, $(NAME): the order of both is a part of their meaning.
  { at: "initContainers", by: [["name"]], ordered: true, source: podSpec },
  { at: "env", by: [["name"]], ordered: true, source: podSpec },
  { at: "envFrom", ordered: true, known: ["configMapRef", "secretRef"], source: podSpec },
  { at: "spec.containers", by: [["name"]], ordered: false, source: podSpec },
  { at: "ephemeralContainers", by: [["name"]], ordered: false, source: podSpec },
  { at: "containers[].ports", by: [["containerPort", "protocol"]], ordered: false, source: podSpec },
  { at: "initContainers[].ports", by: [["containerPort", "protocol"]], ordered: false, source: podSpec },
  { at: "volumeMounts", by: [["mountPath"]], ordered: false, source: podSpec },
  { at: "volumeDevices", by: [["devicePath"]], ordered: false, source: podSpec },
  { at: "volumes", by: [["name"]], ordered: false, source: podSpec },
  { at: "volumes[].projected.sources", ordered: false, known: ["secret", "configMap"], source: podSpec },
  { at: "imagePullSecrets", by: [["name"]], ordered: false, source: podSpec },
  { at: "hostAliases", by: [["ip"]], ordered: false, source: podSpec },
  { at: "tolerations", ordered: false, known: ["key", "effect"], source: podSpec },
  {
    at: "topologySpreadConstraints",
    by: [["topologyKey", "whenUnsatisfiable"]],
    ordered: false,
    alike: true,
    source: podSpec,
  },
  { at: "nodeSelectorTerms", ordered: false, source: podSpec },
  { at: "matchExpressions", ordered: false, known: ["key", "operator"], source: podSpec },
  { at: "matchExpressions[].values", ordered: false, source: podSpec },
  { at: "matchFields", ordered: false, known: ["key", "operator"], source: podSpec },
  { at: "capabilities.add", ordered: false, source: podSpec },
  { at: "capabilities.drop", ordered: false, source: podSpec },
  { at: "supplementalGroups", ordered: false, source: podSpec },
  { at: "sysctls", by: [["name"]], ordered: false, source: podSpec },
  {
    at: "ownerReferences",
    by: [["uid"]],
    ordered: false,
    source: "https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/",
  },
  {
    at: "^metadata.finalizers",
    ordered: false,
    source: "https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/",
  },
  {
    at: "conditions",
    by: [["type"]],
    ordered: false,
    source:
      "https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md",
  },
  {
    at: "^spec.ports",
    in: ["Service"],
    by: [["port", "protocol"]],
    ordered: false,
    alike: true,
    source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/",
  },
  {
    at: "accessModes",
    ordered: false,
    source:
      "https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/persistent-volume-claim-v1/",
  },
  {
    at: "^spec.limits",
    in: ["LimitRange"],
    by: [["type"]],
    ordered: false,
    source: "https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/limit-range-v1/",
  },
  {
    at: "^spec.scopes",
    in: ["ResourceQuota"],
    ordered: false,
    source: "https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/resource-quota-v1/",
  },
  {
    at: "^imagePullSecrets",
    in: ["ServiceAccount"],
    by: [["name"]],
    ordered: false,
    source: "https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/service-account-v1/",
  },
  {
    at: "^secrets",
    in: ["ServiceAccount"],
    by: [["name"]],
    ordered: false,
    source: "https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/service-account-v1/",
  },
  {
    at: "^spec.metrics",
    in: ["HorizontalPodAutoscaler"],
    ordered: false,
    known: ["resource.name", "pods.metric.name", "object.metric.name", "external.metric.name"],
    source: "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/",
  },
];

const rbacRole = "https://kubernetes.io/docs/reference/access-authn-authz/rbac/";
const networkPolicy = "https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/";
const admissionPolicy =
  "https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/validating-admission-policy-v1/";
const roles = ["Role", "ClusterRole"];
const bindings = ["RoleBinding", "ClusterRoleBinding"];

/** Rules that are added up: each allows on its own, so none stands before another. */
const permissionLists: readonly Sourced[] = [
  { at: "^rules", in: roles, ordered: false, known: ["resources", "nonResourceURLs"], source: rbacRole },
  ...["apiGroups", "resources", "verbs", "resourceNames", "nonResourceURLs"].map(
    (field): Sourced => ({ at: `^rules[].${field}`, in: roles, ordered: false, source: rbacRole }),
  ),
  {
    at: "^aggregationRule.clusterRoleSelectors",
    in: roles,
    ordered: false,
    known: ["matchLabels"],
    source: rbacRole,
  },
  { at: "^subjects", in: bindings, by: [["kind", "namespace", "name"]], ordered: false, source: rbacRole },
  { at: "^spec.policyTypes", in: ["NetworkPolicy"], ordered: false, source: networkPolicy },
  { at: "^spec.ingress", in: ["NetworkPolicy"], ordered: false, known: ["from", "ports"], source: networkPolicy },
  { at: "^spec.egress", in: ["NetworkPolicy"], ordered: false, known: ["to", "ports"], source: networkPolicy },
  ...["ingress[].from", "egress[].to"].map(
    (peers): Sourced => ({
      at: `^spec.${peers}`,
      in: ["NetworkPolicy"],
      ordered: false,
      known: ["namespaceSelector", "podSelector", "ipBlock"],
      source: networkPolicy,
    }),
  ),
  ...["ingress", "egress"].flatMap((direction): Sourced[] => [
    {
      at: `^spec.${direction}[].ports`,
      in: ["NetworkPolicy"],
      ordered: false,
      known: ["port", "endPort", "protocol"],
      source: networkPolicy,
    },
  ]),
  { at: "ipBlock.except", ordered: false, source: networkPolicy },
];

const kyverno = "https://kyverno.io/docs/policy-types/overview/";

/** What is admitted: every rule and every expression is asked, in no order. */
const admissionLists: readonly Sourced[] = [
  // A variable may use those that stand before it.
  { at: "spec.variables", by: [["name"]], ordered: true, source: admissionPolicy },
  { at: "spec.validations", ordered: false, known: ["message", "expression"], source: admissionPolicy },
  { at: "spec.matchConditions", by: [["name"]], ordered: false, source: admissionPolicy },
  { at: "spec.auditAnnotations", by: [["key"]], ordered: false, source: admissionPolicy },
  { at: "validationActions", ordered: false, source: admissionPolicy },
  ...["resourceRules", "excludeResourceRules"].flatMap((rules): Sourced[] => [
    { at: rules, ordered: false, known: ["resources", "operations"], source: admissionPolicy },
    ...["apiGroups", "apiVersions", "operations", "resources", "resourceNames"].map(
      (field): Sourced => ({ at: `${rules}[].${field}`, ordered: false, source: admissionPolicy }),
    ),
  ]),
  { at: "^spec.policyRefs", in: ["PolicyException"], by: [["kind", "name"]], ordered: false, source: kyverno },
];

const prometheusRule = "https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/";
const alertmanager = "https://prometheus.io/docs/alerting/latest/configuration/";
const slothSpec = "https://sloth.dev/specs/kubernetes/v1/";

/** Rules of Prometheus and routes of Alertmanager. */
const alertLists: readonly Sourced[] = [
  { at: "^spec.groups", in: ["PrometheusRule"], by: [["name"]], ordered: false, source: prometheusRule },
  // "Rules within a group are run sequentially": a rule may read what the one before it recorded.
  {
    at: "^spec.groups[].rules",
    in: ["PrometheusRule"],
    by: [
      ["alert", "record", "labels"],
      ["alert", "record", "labels.severity"],
      ["alert", "record"],
    ],
    known: ["alert", "record"],
    ordered: true,
    source: prometheusRule,
  },
  { at: "^spec.slos", in: ["PrometheusServiceLevel"], by: [["name"]], ordered: false, source: slothSpec },
  { at: "^receivers", in: ["alertmanager"], by: [["name"]], ordered: false, source: alertmanager },
  // The first route that matches takes the alert.
  { at: "routes", in: ["alertmanager"], ordered: true, known: ["matchers", "receiver"], source: alertmanager },
  { at: "matchers", in: ["alertmanager"], ordered: false, source: alertmanager },
  { at: "source_matchers", in: ["alertmanager"], ordered: false, source: alertmanager },
  { at: "target_matchers", in: ["alertmanager"], ordered: false, source: alertmanager },
  { at: "equal", in: ["alertmanager"], ordered: false, source: alertmanager },
  { at: "group_by", in: ["alertmanager"], ordered: false, source: alertmanager },
  { at: "^inhibit_rules", in: ["alertmanager"], ordered: false, known: ["source_matchers"], source: alertmanager },
  ...["time_intervals", "mute_time_intervals"].map(
    (field): Sourced => ({
      at: `^${field}`,
      in: ["alertmanager"],
      by: [["name"]],
      ordered: false,
      source: alertmanager,
    }),
  ),
  ...["mute_time_intervals", "active_time_intervals"].map(
    (field): Sourced => ({ at: field, in: ["alertmanager"], ordered: false, source: alertmanager }),
  ),
];

const collector = "https://opentelemetry.io/docs/collector/configuration/";
const grafana = "https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/";
const argoCd = "https://argo-cd.readthedocs.io/en/stable/operator-manual/";
const kustomize = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/";

/** Telemetry, dashboards and delivery. */
const otherLists: readonly Sourced[] = [
  // Receivers and exporters stand side by side; processors are passed one after the other.
  { at: "pipelines.*.receivers", ordered: false, source: collector },
  { at: "pipelines.*.exporters", ordered: false, source: collector },
  { at: "pipelines.*.processors", ordered: true, source: collector },
  { at: "service.extensions", ordered: false, source: collector },
  {
    at: "panels",
    in: ["dashboard"],
    by: [["title", "type"], ["title"], ["id"]],
    known: ["title", "id"],
    ordered: false,
    source: grafana,
  },
  { at: "panels[].targets", in: ["dashboard"], by: [["refId"]], ordered: false, source: grafana },
  { at: "^templating.list", in: ["dashboard"], by: [["name"]], ordered: true, source: grafana },
  { at: "^annotations.list", in: ["dashboard"], by: [["name"]], ordered: false, source: grafana },
  { at: "^links", in: ["dashboard"], by: [["title"]], ordered: true, source: grafana },
  { at: "panels[].links", in: ["dashboard"], by: [["title"]], ordered: true, source: grafana },
  { at: "^tags", in: ["dashboard"], ordered: false, source: grafana },
  { at: "fieldConfig.overrides", in: ["dashboard"], ordered: true, known: ["matcher"], source: grafana },
  {
    at: "overrides[].properties",
    in: ["dashboard"],
    by: [["id"]],
    ordered: true,
    source: grafana,
  },
  { at: "syncOptions", in: ["Application", "ApplicationSet"], ordered: false, source: argoCd },
  { at: "^spec.destinations", in: ["AppProject"], ordered: false, known: ["name", "namespace"], source: argoCd },
  { at: "^spec.sourceRepos", in: ["AppProject"], ordered: false, source: argoCd },
  { at: "^spec.sourceNamespaces", in: ["AppProject"], ordered: false, source: argoCd },
  { at: "^spec.roles", in: ["AppProject"], by: [["name"]], ordered: false, source: argoCd },
  { at: "^spec.roles[].policies", in: ["AppProject"], ordered: false, source: argoCd },
  { at: "^spec.roles[].groups", in: ["AppProject"], ordered: false, source: argoCd },
  ...[
    "clusterResourceWhitelist",
    "clusterResourceBlacklist",
    "namespaceResourceWhitelist",
    "namespaceResourceBlacklist",
  ].map(
    (field): Sourced => ({
      at: `^spec.${field}`,
      in: ["AppProject"],
      by: [["group", "kind", "name"]],
      ordered: false,
      source: argoCd,
    }),
  ),
  { at: "^spec.syncWindows", in: ["AppProject"], ordered: false, known: ["kind", "schedule"], source: argoCd },
  { at: "ignoreDifferences", in: ["Application"], ordered: false, known: ["group", "kind", "name"], source: argoCd },
  { at: "^resources", in: ["Kustomization"], ordered: false, source: kustomize },
];

/** Every list that is known; of any other the order is taken to have a meaning. */
export const listRules: readonly Sourced[] = [
  ...kubernetesLists,
  ...permissionLists,
  ...admissionLists,
  ...alertLists,
  ...otherLists,
];

/** The rule of the list at a place. */
export const listRuleAt: (place: Place) => ListRule | undefined = rulesByPlace(listRules);
