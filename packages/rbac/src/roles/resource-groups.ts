import type { ApiResources } from "./policy-rule.ts";

/**
 * Resources that people think of together, by API group, and the subresources that some of them offer.
 * `Subresource` names those that there are, so that `scale(configuration)` is a type error.
 */
export interface ResourceGroup<Subresource extends string = never> {
  /** What it is, for people. */
  readonly title: string;
  readonly resources: ApiResources;
  /** For each subresource the resources that offer it. */
  readonly subresources: Readonly<Record<Subresource, ApiResources>>;
}

// The tables hold what Kubernetes 1.36 and the platform's own operators serve. No group holds Secrets, and none may: what a role can read, it can take away.

/** What runs: the objects that pods come from. */
export const workloads: ResourceGroup<"scale" | "status"> = {
  title: "workloads",
  resources: {
    apps: ["daemonsets", "deployments", "statefulsets"],
    batch: ["cronjobs", "jobs"],
    "argoproj.io": ["rollouts"],
  },
  subresources: {
    scale: { apps: ["deployments", "statefulsets"], "argoproj.io": ["rollouts"] },
    // `kubectl argo rollouts promote` and `abort` patch the status (argo-rollouts pkg/kubectl-argo-rollouts/cmd/promote).
    status: { "argoproj.io": ["rollouts"] },
  },
};

/** Pods, and what can be done to one. */
export const pods: ResourceGroup<"eviction" | "exec" | "log" | "portforward"> = {
  title: "pods",
  resources: { "": ["pods"] },
  subresources: {
    eviction: { "": ["pods"] },
    exec: { "": ["pods"] },
    log: { "": ["pods"] },
    portforward: { "": ["pods"] },
  },
};

/** What controllers keep of earlier and running versions. */
export const revisions: ResourceGroup = {
  title: "revisions",
  resources: {
    apps: ["controllerrevisions", "replicasets"],
    "argoproj.io": ["analysisruns", "analysistemplates", "experiments"],
  },
  subresources: {},
};

/** What pods use now: `kubectl top`. */
export const usage: ResourceGroup = { title: "usage", resources: { "metrics.k8s.io": ["pods"] }, subresources: {} };

/** Configuration without secrets. */
export const configuration: ResourceGroup = {
  title: "configuration",
  resources: { "": ["configmaps"] },
  subresources: {},
};

/** How many pods there are, and how many must stay. */
export const availability: ResourceGroup = {
  title: "autoscaling and disruption budgets",
  resources: { autoscaling: ["horizontalpodautoscalers"], policy: ["poddisruptionbudgets"] },
  subresources: {},
};

/** How a service is reached. */
export const networking: ResourceGroup = {
  title: "services and routes",
  resources: {
    "": ["services"],
    "networking.k8s.io": ["ingresses"],
    "gateway.networking.k8s.io": ["grpcroutes", "httproutes"],
  },
  subresources: {},
};

/** Who may reach it, and where traffic goes: the platform's to write. */
export const trafficRules: ResourceGroup = {
  title: "network policies and mesh rules",
  resources: {
    "discovery.k8s.io": ["endpointslices"],
    "networking.k8s.io": ["networkpolicies"],
    "networking.istio.io": ["destinationrules", "gateways", "serviceentries", "sidecars", "virtualservices"],
    "security.istio.io": ["authorizationpolicies", "peerauthentications", "requestauthentications"],
  },
  subresources: {},
};

/** Disks that pods claim. */
export const storage: ResourceGroup = {
  title: "volume claims",
  resources: { "": ["persistentvolumeclaims"] },
  subresources: {},
};

/** What happened. */
export const events: ResourceGroup = {
  title: "events",
  resources: { "": ["events"], "events.k8s.io": ["events"] },
  subresources: {},
};

/** The namespace itself and its limits: a patch of any of them lifts a protection. */
export const tenancyLimits: ResourceGroup = {
  title: "namespace, quota and limits",
  resources: { "": ["limitranges", "namespaces", "resourcequotas"] },
  subresources: {},
};

/** Who pods are. */
export const identities: ResourceGroup = {
  title: "service accounts",
  resources: { "": ["serviceaccounts"] },
  subresources: {},
};

/** Who may do what in a namespace. The API server refuses to give away more than one has: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping */
export const permissions: ResourceGroup = {
  title: "roles and bindings",
  resources: { "rbac.authorization.k8s.io": ["rolebindings", "roles"] },
  subresources: {},
};

/** Certificates of cert-manager, and the way to them. */
export const certificates: ResourceGroup = {
  title: "certificates",
  resources: {
    "cert-manager.io": ["certificaterequests", "certificates", "issuers"],
    "acme.cert-manager.io": ["challenges", "orders"],
  },
  subresources: {},
};

/** Which secrets are fetched from where, without what is in them. Who writes one can fetch any secret that its store can. */
export const externalSecrets: ResourceGroup = {
  title: "external secrets",
  resources: { "external-secrets.io": ["externalsecrets", "pushsecrets", "secretstores"] },
  subresources: {},
};

/** What the team promises and watches: SLOs, rules, dashboards. */
export const promises: ResourceGroup = {
  title: "SLOs, rules and dashboards",
  resources: {
    "sloth.slok.dev": ["prometheusservicelevels"],
    "monitoring.coreos.com": ["prometheusrules"],
    "grafana.integreatly.org": ["grafanadashboards", "grafanafolders"],
  },
  subresources: {},
};

/** How telemetry is collected. A ServiceMonitor can make Prometheus send its own token: the platform's to write. */
export const telemetry: ResourceGroup = {
  title: "collectors and monitors",
  resources: {
    "monitoring.coreos.com": ["podmonitors", "probes", "servicemonitors"],
    "opentelemetry.io": ["instrumentations", "opentelemetrycollectors"],
  },
  subresources: {},
};

/** What policies and scanners found, and what is excepted. */
export const policyReports: ResourceGroup = {
  title: "policy reports and exceptions",
  resources: {
    "wgpolicyk8s.io": ["policyreports"],
    "openreports.io": ["reports"],
    "policies.kyverno.io": ["policyexceptions"],
    "aquasecurity.github.io": ["configauditreports", "vulnerabilityreports"],
  },
  subresources: {},
};

/** What belongs to no namespace, and what delivers the others. */
export const clusterState: ResourceGroup = {
  title: "the cluster",
  resources: {
    "": ["nodes", "persistentvolumes"],
    "admissionregistration.k8s.io": [
      "mutatingwebhookconfigurations",
      "validatingadmissionpolicies",
      "validatingadmissionpolicybindings",
      "validatingwebhookconfigurations",
    ],
    "apiextensions.k8s.io": ["customresourcedefinitions"],
    "apiregistration.k8s.io": ["apiservices"],
    "argoproj.io": ["applications", "applicationsets", "appprojects", "clusteranalysistemplates"],
    "cert-manager.io": ["clusterissuers"],
    "external-secrets.io": ["clusterexternalsecrets", "clustersecretstores"],
    "gateway.networking.k8s.io": ["gatewayclasses", "gateways"],
    "karpenter.sh": ["nodeclaims", "nodepools"],
    "metrics.k8s.io": ["nodes"],
    "networking.k8s.io": ["ingressclasses"],
    "node.k8s.io": ["runtimeclasses"],
    "openreports.io": ["clusterreports"],
    "policies.kyverno.io": [
      "deletingpolicies",
      "generatingpolicies",
      "imagevalidatingpolicies",
      "mutatingpolicies",
      "validatingpolicies",
    ],
    "rbac.authorization.k8s.io": ["clusterrolebindings", "clusterroles"],
    "scheduling.k8s.io": ["priorityclasses"],
    "storage.k8s.io": ["csidrivers", "csinodes", "storageclasses", "volumeattachments"],
    "wgpolicyk8s.io": ["clusterpolicyreports"],
  },
  subresources: {},
};
