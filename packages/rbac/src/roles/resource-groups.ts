import type { ApiResources } from "./policy-rule.ts";

/**
 * Resources that people think of together, by API group, and what some of them offer besides: subresources, or acts that RBAC has a verb for.
 * `Offer` names those that there are, so that `scale(configuration)` is a type error.
 */
export interface ResourceGroup<Offer extends string = never> {
  /** What it is, for people. */
  readonly title: string;
  readonly resources: ApiResources;
  /** For each subresource, or act, the resources that offer it. */
  readonly subresources: Readonly<Record<Offer, ApiResources>>;
}

// The tables hold what Kubernetes 1.36 and the platform's own operators serve in a namespace. None of them holds Secrets: what a role can read, it can take away.

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

/** Progressive rollouts: a change of one is a change of what its pods run. */
export const rollouts: ResourceGroup = {
  title: "rollouts",
  resources: { "argoproj.io": ["rollouts"] },
  subresources: {},
};

/** What a rollout asks before it goes on. An analysis can run a Job: who writes one runs code in the namespace. */
export const analysis: ResourceGroup = {
  title: "rollout analysis",
  resources: { "argoproj.io": ["analysistemplates"] },
  subresources: {},
};

/** Pods, and what can be done to one. */
export const pods: ResourceGroup<"attach" | "ephemeralcontainers" | "eviction" | "exec" | "log" | "portforward"> = {
  title: "pods",
  resources: { "": ["pods"] },
  subresources: {
    attach: { "": ["pods"] },
    ephemeralcontainers: { "": ["pods"] },
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
    "argoproj.io": ["analysisruns", "experiments"],
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
    "gateway.networking.k8s.io": ["referencegrants"],
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

/** Certificates of cert-manager, and the way to them. Who writes one chooses the Secret that it is put into. */
export const certificates: ResourceGroup<"status"> = {
  title: "certificates",
  resources: {
    "cert-manager.io": ["certificaterequests", "certificates"],
    "acme.cert-manager.io": ["challenges", "orders"],
  },
  // `cmctl renew` sets a condition of the status (cert-manager cmctl pkg/renew).
  subresources: { status: { "cert-manager.io": ["certificates"] } },
};

/** Who signs a namespace's certificates: an issuer names a key that signs anything. */
export const issuers: ResourceGroup = {
  title: "issuers",
  resources: { "cert-manager.io": ["issuers"] },
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

/** What Prometheus scrapes. A monitor can make it send a token along. */
export const monitors: ResourceGroup = {
  title: "monitors",
  resources: { "monitoring.coreos.com": ["podmonitors", "probes", "servicemonitors"] },
  subresources: {},
};

/** How telemetry is collected. A collector is pods with any ServiceAccount, an instrumentation a container in other people's pods. */
export const collectors: ResourceGroup = {
  title: "collectors and instrumentation",
  resources: {
    "opentelemetry.io": ["instrumentations", "opampbridges", "opentelemetrycollectors", "targetallocators"],
  },
  subresources: {},
};

/** What policies and scanners found. */
export const policyReports: ResourceGroup = {
  title: "policy reports",
  resources: {
    "wgpolicyk8s.io": ["policyreports"],
    "openreports.io": ["reports"],
    "aquasecurity.github.io": ["configauditreports", "vulnerabilityreports"],
  },
  subresources: {},
};

/** What is refused in one namespace alone, and what is excepted: each lifts a protection, or breaks whatever it matches. */
export const namespacePolicies: ResourceGroup = {
  title: "policies of a namespace, and exceptions",
  resources: {
    "policies.kyverno.io": [
      "namespaceddeletingpolicies",
      "namespacedgeneratingpolicies",
      "namespacedimagevalidatingpolicies",
      "namespacedmutatingpolicies",
      "namespacedvalidatingpolicies",
      "policyexceptions",
    ],
  },
  subresources: {},
};
