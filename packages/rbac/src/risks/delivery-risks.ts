import type { Risk } from "./risk.ts";
import { kubiScan } from "./sources.ts";
import { controlling, writing } from "./verbs.ts";

const kyvernoSecurity = "https://kyverno.io/docs/security/";

/** Custom resources that a controller follows with permissions of its own. */
export const deliveryRisks: readonly Risk[] = [
  {
    id: "change-delivery",
    title: "change what a controller delivers",
    why: "An Application, a project, a HelmRelease or a restore is applied with the controller's permissions, which are nearly all.",
    severity: "critical",
    source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/app-any-namespace/",
    pattern: {
      in: "rule",
      anyOf: [
        {
          verbs: writing,
          resources: {
            "argoproj.io": ["applications", "applicationsets", "appprojects"],
            "helm.cattle.io": ["helmchartconfigs", "helmcharts"],
            "helm.toolkit.fluxcd.io": ["helmreleases"],
            "kustomize.toolkit.fluxcd.io": ["kustomizations"],
            "source.toolkit.fluxcd.io": ["buckets", "gitrepositories", "helmrepositories", "ocirepositories"],
            "velero.io": ["restores", "schedules"],
            "kubernetes.crossplane.io": ["objects"],
            "pkg.crossplane.io": ["configurations", "functions", "providers"],
            "apiextensions.crossplane.io": ["compositions"],
          },
        },
      ],
    },
  },
  {
    id: "change-policies",
    title: "change policies of Kyverno",
    why: "A policy mutates and generates objects with Kyverno's permissions, and one that is gone refuses nothing.",
    severity: "critical",
    source: kyvernoSecurity,
    pattern: {
      in: "rule",
      anyOf: [
        {
          verbs: controlling,
          resources: {
            "kyverno.io": [
              "cleanuppolicies",
              "clustercleanuppolicies",
              "clusterpolicies",
              "globalcontextentries",
              "policies",
              "updaterequests",
            ],
            "policies.kyverno.io": [
              "deletingpolicies",
              "generatingpolicies",
              "imagevalidatingpolicies",
              "mutatingpolicies",
              "namespaceddeletingpolicies",
              "namespacedgeneratingpolicies",
              "namespacedimagevalidatingpolicies",
              "namespacedmutatingpolicies",
              "namespacedvalidatingpolicies",
              "validatingpolicies",
            ],
          },
        },
      ],
    },
  },
  {
    id: "except-from-policies",
    title: "make exceptions from policies",
    why: "What a policy refuses to everybody is allowed to one.",
    severity: "high",
    source: kyvernoSecurity,
    pattern: {
      in: "rule",
      anyOf: [
        {
          verbs: writing,
          resources: { "kyverno.io": ["policyexceptions"], "policies.kyverno.io": ["policyexceptions"] },
        },
      ],
    },
  },
  {
    id: "change-machines",
    title: "change how nodes are made",
    why: "A node class names image, user data and cloud role of new machines: what runs there as root, and as whom.",
    severity: "critical",
    source: kubiScan,
    pattern: {
      in: "rule",
      place: "cluster",
      anyOf: [
        {
          verbs: writing,
          resources: {
            "karpenter.k8s.aws": ["ec2nodeclasses"],
            "karpenter.sh": ["nodeclaims", "nodepools"],
            "cluster.x-k8s.io": ["machinedeployments", "machinepools", "machines", "machinesets"],
          },
        },
      ],
    },
  },
];
