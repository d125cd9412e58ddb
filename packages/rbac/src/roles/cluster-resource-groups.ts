import type { ResourceGroup } from "./resource-groups.ts";

// What belongs to no namespace, or to the platform's own: by what people use it for, so that a role can have a part.

/** Every namespace, without what is in it. */
export const namespaces: ResourceGroup = { title: "namespaces", resources: { "": ["namespaces"] }, subresources: {} };

/** Names that objects of a namespace choose from. */
export const classes: ResourceGroup = {
  title: "classes",
  resources: {
    "gateway.networking.k8s.io": ["gatewayclasses"],
    "networking.k8s.io": ["ingressclasses"],
    "node.k8s.io": ["runtimeclasses"],
    "scheduling.k8s.io": ["priorityclasses"],
    "storage.k8s.io": ["storageclasses", "volumeattributesclasses"],
  },
  subresources: {},
};

/** Which kinds there are, and what they may say. */
export const definitions: ResourceGroup = {
  title: "definitions of kinds",
  resources: { "apiextensions.k8s.io": ["customresourcedefinitions"] },
  subresources: {},
};

/** What is refused, and what is changed on the way in. */
export const admissionPolicies: ResourceGroup = {
  title: "admission policies",
  resources: {
    "admissionregistration.k8s.io": [
      "mutatingadmissionpolicies",
      "mutatingadmissionpolicybindings",
      "validatingadmissionpolicies",
      "validatingadmissionpolicybindings",
    ],
    "policies.kyverno.io": [
      "deletingpolicies",
      "generatingpolicies",
      "imagevalidatingpolicies",
      "mutatingpolicies",
      "validatingpolicies",
    ],
  },
  subresources: {},
};

/** Who is asked before an object is stored, and who serves a part of the API: each sees what passes through it, Secrets too. */
export const webhooks: ResourceGroup = {
  title: "webhooks and aggregated APIs",
  resources: {
    "admissionregistration.k8s.io": ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
    "apiregistration.k8s.io": ["apiservices"],
  },
  subresources: {},
};

/** Machines, and what makes them. */
export const nodes: ResourceGroup<"cordon"> = {
  title: "nodes",
  resources: {
    "": ["nodes"],
    "karpenter.k8s.aws": ["ec2nodeclasses"],
    "karpenter.sh": ["nodeclaims", "nodepools"],
  },
  subresources: { cordon: { "": ["nodes"] } },
};

/** What nodes use now: `kubectl top nodes`. */
export const nodeUsage: ResourceGroup = {
  title: "usage of nodes",
  resources: { "metrics.k8s.io": ["nodes"] },
  subresources: {},
};

/** Disks, and who attaches them. Who writes a PersistentVolume can read a node's own. */
export const volumes: ResourceGroup = {
  title: "volumes",
  resources: { "": ["persistentvolumes"], "storage.k8s.io": ["csidrivers", "csinodes", "volumeattachments"] },
  subresources: {},
};

/** Who may do what in the whole cluster. */
export const clusterPermissions: ResourceGroup = {
  title: "cluster roles and bindings",
  resources: { "rbac.authorization.k8s.io": ["clusterrolebindings", "clusterroles"] },
  subresources: {},
};

/** Roles as something to give away: the API server has a verb for giving more than one has, and one for writing it. */
export const roles: ResourceGroup<"bind" | "escalate"> = {
  title: "roles",
  resources: { "rbac.authorization.k8s.io": ["clusterroles", "roles"] },
  subresources: {
    bind: { "rbac.authorization.k8s.io": ["clusterroles", "roles"] },
    escalate: { "rbac.authorization.k8s.io": ["clusterroles", "roles"] },
  },
};

/** Secrets stand apart: `read` and `change` of this group give nothing, only `manage` does. */
export const secrets: ResourceGroup<"manage"> = {
  title: "secrets",
  resources: {},
  subresources: { manage: { "": ["secrets"] } },
};

/** What Argo CD delivers, from where, and for whom. */
export const delivery: ResourceGroup = {
  title: "applications and projects of Argo CD",
  resources: { "argoproj.io": ["applications", "applicationsets", "appprojects"] },
  subresources: {},
};

/** Questions that rollouts of every namespace may ask. */
export const clusterAnalysis: ResourceGroup = {
  title: "rollout analysis for every namespace",
  resources: { "argoproj.io": ["clusteranalysistemplates"] },
  subresources: {},
};

/** Who signs certificates, and where secrets come from, for every namespace. */
export const clusterSources: ResourceGroup = {
  title: "cluster issuers and secret stores",
  resources: {
    "cert-manager.io": ["clusterissuers"],
    "external-secrets.io": ["clusterexternalsecrets", "clustersecretstores"],
  },
  subresources: {},
};

/** Where traffic enters. */
export const gateways: ResourceGroup = {
  title: "gateways",
  resources: { "gateway.networking.k8s.io": ["gateways"] },
  subresources: {},
};

/** What stores and shows telemetry: its operators make pods of it. */
export const monitoringStack: ResourceGroup = {
  title: "the monitoring stack",
  resources: {
    "grafana.integreatly.org": [
      "grafanaalertrulegroups",
      "grafanacontactpoints",
      "grafanadatasources",
      "grafanalibrarypanels",
      "grafanamutetimings",
      "grafananotificationpolicies",
      "grafananotificationtemplates",
      "grafanas",
    ],
    "monitoring.coreos.com": [
      "alertmanagerconfigs",
      "alertmanagers",
      "prometheusagents",
      "prometheuses",
      "scrapeconfigs",
      "thanosrulers",
    ],
  },
  subresources: {},
};

/** What policies and scanners found in what belongs to no namespace. */
export const clusterReports: ResourceGroup = {
  title: "reports about the cluster",
  resources: {
    "aquasecurity.github.io": ["clustercompliancereports", "clusterrbacassessmentreports"],
    "openreports.io": ["clusterreports"],
    "wgpolicyk8s.io": ["clusterpolicyreports"],
  },
  subresources: {},
};
