import type { Risk } from "./risk.ts";
import { goodPractice, kubescape, rbacPolice } from "./sources.ts";
import { changing, controlling, removing, writing } from "./verbs.ts";

/** Ways to nodes, to the control plane, and past what protects them. */
export const clusterRisks: readonly Risk[] = [
  {
    id: "reach-kubelets",
    title: "speak to kubelets through the API server",
    why: "Even a GET runs commands in every pod of the node, and no audit log or admission sees it.",
    severity: "critical",
    source: goodPractice("access-to-proxy-subresource-of-nodes"),
    pattern: {
      in: "rule",
      place: "cluster",
      anyOf: [
        { verbs: ["create", "delete", "get", "patch", "update"], resources: { "": ["nodes/proxy"] } },
        { verbs: ["create"], resources: { "": ["nodes/checkpoint"] } },
      ],
    },
  },
  {
    id: "read-kubelets",
    title: "read logs, configuration or pods of kubelets",
    why: "A node's logs and configuration, and the environment of all of its pods, show what no namespace was asked for.",
    severity: "medium",
    source: "https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/",
    pattern: {
      in: "rule",
      place: "cluster",
      anyOf: [
        { verbs: ["create", "get"], resources: { "": ["nodes/configz", "nodes/log", "nodes/pods", "nodes/spec"] } },
      ],
    },
  },
  {
    id: "change-nodes",
    title: "change nodes",
    why: "Labels and taints move pods, with their Secrets, to a node of somebody's choice, or away from every node.",
    severity: "high",
    source: rbacPolice("modify_node_status"),
    pattern: {
      in: "rule",
      place: "cluster",
      anyOf: [
        { verbs: controlling, resources: { "": ["nodes"] } },
        { verbs: changing, resources: { "": ["nodes/status"] } },
      ],
    },
  },
  {
    id: "change-node-leases",
    title: "change leases of nodes",
    why: "A node that seems dead is emptied, and one that is dead seems alive.",
    severity: "medium",
    source: "https://kubernetes.io/docs/concepts/architecture/leases/#node-heart-beats",
    pattern: {
      in: "rule",
      place: ["kube-node-lease"],
      anyOf: [{ verbs: controlling, resources: { "coordination.k8s.io": ["leases"] } }],
    },
  },
  {
    id: "create-persistent-volumes",
    title: "make PersistentVolumes",
    why: "A volume of the type hostPath is the disk of the node, whatever Pod Security says of pods.",
    severity: "critical",
    source: goodPractice("persistent-volume-creation"),
    pattern: {
      in: "rule",
      place: "cluster",
      anyOf: [{ verbs: writing, resources: { "": ["persistentvolumes"] } }],
    },
  },
  {
    id: "change-namespaces",
    title: "change namespaces",
    why: "Labels of a namespace choose its Pod Security level, its network policies and which webhooks see it.",
    severity: "high",
    source: goodPractice("namespace-modification"),
    pattern: { in: "rule", anyOf: [{ verbs: changing, resources: { "": ["namespaces", "namespaces/finalize"] } }] },
  },
  {
    id: "delete-namespaces",
    title: "delete namespaces",
    why: "With the namespace goes everything in it, backups of the claims excepted.",
    severity: "high",
    source: kubescape("C-0007"),
    pattern: { in: "rule", anyOf: [{ verbs: removing, resources: { "": ["namespaces"] } }] },
  },
  {
    id: "change-webhooks",
    title: "change admission webhooks",
    why: "A webhook sees every object that is written, Secrets too, and a mutating one changes it.",
    severity: "critical",
    source: goodPractice("control-admission-webhooks"),
    pattern: {
      in: "rule",
      place: "cluster",
      anyOf: [
        {
          verbs: controlling,
          resources: {
            "admissionregistration.k8s.io": ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
          },
        },
      ],
    },
  },
  {
    id: "change-admission-policies",
    title: "change admission policies",
    why: "What is refused is allowed again, and a mutating policy adds a container to every pod.",
    severity: "critical",
    source: goodPractice("control-admission-webhooks"),
    pattern: {
      in: "rule",
      place: "cluster",
      anyOf: [
        {
          verbs: controlling,
          resources: {
            "admissionregistration.k8s.io": [
              "mutatingadmissionpolicies",
              "mutatingadmissionpolicybindings",
              "validatingadmissionpolicies",
              "validatingadmissionpolicybindings",
            ],
          },
        },
      ],
    },
  },
  {
    id: "change-api",
    title: "change which kinds the API has and who serves them",
    why: "A conversion webhook or an aggregated API sees and changes every object of its kinds, and a deleted definition deletes all of them.",
    severity: "critical",
    source: "https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/",
    pattern: {
      in: "rule",
      place: "cluster",
      anyOf: [
        {
          verbs: controlling,
          resources: {
            "apiextensions.k8s.io": ["customresourcedefinitions"],
            "apiregistration.k8s.io": ["apiservices"],
          },
        },
      ],
    },
  },
  {
    id: "change-limits",
    title: "change quotas and limits",
    why: "A namespace without its quota takes what all the others need.",
    severity: "medium",
    source: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
    pattern: { in: "rule", anyOf: [{ verbs: controlling, resources: { "": ["limitranges", "resourcequotas"] } }] },
  },
  {
    id: "change-network-policies",
    title: "change who reaches whom",
    why: "A policy that is deleted or widened opens what it closed, and a route sends traffic elsewhere.",
    severity: "medium",
    source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    pattern: {
      in: "rule",
      anyOf: [
        {
          verbs: controlling,
          resources: {
            "networking.k8s.io": ["networkpolicies"],
            "policy.networking.k8s.io": [
              "adminnetworkpolicies",
              "baselineadminnetworkpolicies",
              "clusternetworkpolicies",
            ],
            "networking.k8s.aws": ["applicationnetworkpolicies", "clusternetworkpolicies"],
            "cilium.io": ["ciliumclusterwidenetworkpolicies", "ciliumnetworkpolicies"],
            "crd.projectcalico.org": ["globalnetworkpolicies", "networkpolicies"],
            "projectcalico.org": ["globalnetworkpolicies", "networkpolicies"],
            "networking.istio.io": [
              "destinationrules",
              "envoyfilters",
              "gateways",
              "serviceentries",
              "sidecars",
              "virtualservices",
            ],
            "security.istio.io": ["authorizationpolicies", "peerauthentications", "requestauthentications"],
            "extensions.istio.io": ["wasmplugins"],
          },
        },
      ],
    },
  },
  {
    id: "redirect-traffic",
    title: "write where Services lead",
    why: "An Endpoint sends a Service's traffic to any address, in another namespace too.",
    severity: "medium",
    source: "https://github.com/kubernetes/kubernetes/issues/103675",
    pattern: {
      in: "rule",
      anyOf: [
        { verbs: writing, resources: { "": ["endpoints"], "discovery.k8s.io": ["endpointslices"] } },
        { verbs: changing, resources: { "": ["services/status"] } },
      ],
    },
  },
  {
    id: "delete-events",
    title: "delete events",
    why: "What somebody did is no longer told.",
    severity: "low",
    source: kubescape("C-0031"),
    pattern: { in: "rule", anyOf: [{ verbs: removing, resources: { "": ["events"], "events.k8s.io": ["events"] } }] },
  },
];
