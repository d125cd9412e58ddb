/** The names that `pnpm tools` and the judges know. */
export type ToolName =
  | "actionlint"
  | "alertmanager"
  | "amtool"
  | "argocd-judge"
  | "dyff"
  | "dyff-judge"
  | "etcd"
  | "kube-apiserver"
  | "kube-controller-manager"
  | "kubeconform"
  | "kubectl"
  | "kustomize"
  | "kyverno"
  | "logql-judge"
  | "netpol-analyzer"
  | "oslo"
  | "otelcol"
  | "pint"
  | "prometheus"
  | "promql-judge"
  | "promtool"
  | "rbac-covers"
  | "sloth"
  | "yaml-judge";

/** One real tool: from which Go package it is built, and what it judges. */
export interface Tool {
  /** The folder in `tools/` that holds its go.mod and go.sum. Two binaries of one module share a folder. */
  folder: string;
  /** The Go module whose version in go.mod is the version of the tool. */
  module: string;
  /** The main package: an import path, or `.` for the Go file in the folder. */
  package: string;
  /** File name of the binary. */
  binary: string;
  /** What it is asked, in a few words. */
  purpose: string;
  /** The Go variable that carries the version into the binary, where the upstream build sets one that is read later. */
  versionVariable?: string;
}

/** Every tool, smallest build first: the daily loop has its tools while the large ones still compile. */
export const tools: Readonly<Record<ToolName, Tool>> = {
  "yaml-judge": {
    folder: "yaml-judge",
    module: "sigs.k8s.io/yaml",
    package: ".",
    binary: "yaml-judge",
    purpose: "reads YAML as Kubernetes does",
  },
  actionlint: {
    folder: "actionlint",
    module: "github.com/rhysd/actionlint",
    package: "github.com/rhysd/actionlint/cmd/actionlint",
    binary: "actionlint",
    purpose: "reads a workflow as GitHub does",
  },
  "rbac-covers": {
    folder: "rbac-covers",
    module: "k8s.io/component-helpers",
    package: ".",
    binary: "rbac-covers",
    purpose: "whether one role holds all of another",
  },
  oslo: {
    folder: "oslo",
    module: "github.com/OpenSLO/oslo",
    package: "github.com/OpenSLO/oslo/cmd/oslo",
    binary: "oslo",
    purpose: "objectives in the words of OpenSLO",
  },
  dyff: {
    folder: "dyff",
    module: "github.com/homeport/dyff",
    package: "github.com/homeport/dyff/cmd/dyff",
    binary: "dyff",
    purpose: "what differs between two YAML files",
    versionVariable: "github.com/homeport/dyff/internal/cmd.version",
  },
  "dyff-judge": {
    folder: "dyff",
    module: "github.com/homeport/dyff",
    package: ".",
    binary: "dyff-judge",
    purpose: "what differs between thousands of pairs of YAML texts, as dyff says it",
  },
  "promql-judge": {
    folder: "promql-judge",
    module: "github.com/prometheus/prometheus",
    package: ".",
    binary: "promql-judge",
    purpose: "reads, checks and prints PromQL as Prometheus does",
  },
  kubeconform: {
    folder: "kubeconform",
    module: "github.com/yannh/kubeconform",
    package: "github.com/yannh/kubeconform/cmd/kubeconform",
    binary: "kubeconform",
    purpose: "every object against its schema",
    versionVariable: "main.version",
  },
  kustomize: {
    folder: "kustomize",
    module: "sigs.k8s.io/kustomize/kustomize/v5",
    package: "sigs.k8s.io/kustomize/kustomize/v5",
    binary: "kustomize",
    purpose: "builds each overlay",
    versionVariable: "sigs.k8s.io/kustomize/api/provenance.version",
  },
  "logql-judge": {
    folder: "logql-judge",
    module: "github.com/grafana/loki/v3",
    package: ".",
    binary: "logql-judge",
    purpose: "reads LogQL as Loki does",
  },
  etcd: {
    folder: "etcd",
    module: "go.etcd.io/etcd/server/v3",
    package: "go.etcd.io/etcd/server/v3",
    binary: "etcd",
    purpose: "the store of the test cluster",
  },
  amtool: {
    folder: "amtool",
    module: "github.com/prometheus/alertmanager",
    package: "github.com/prometheus/alertmanager/cmd/amtool",
    binary: "amtool",
    purpose: "Alertmanager configuration and routes",
    versionVariable: "github.com/prometheus/common/version.Version",
  },
  alertmanager: {
    folder: "alertmanager",
    module: "github.com/prometheus/alertmanager",
    package: ".",
    binary: "alertmanager",
    purpose: "what is told, held back, grouped and muted",
    versionVariable: "github.com/prometheus/common/version.Version",
  },
  "netpol-analyzer": {
    folder: "netpol-analyzer",
    module: "github.com/np-guard/netpol-analyzer",
    package: "github.com/np-guard/netpol-analyzer/cmd/netpolicy",
    binary: "netpolicy",
    purpose: "which connections the network policies leave",
  },
  sloth: {
    folder: "sloth",
    module: "github.com/slok/sloth",
    package: "github.com/slok/sloth/cmd/sloth",
    binary: "sloth",
    purpose: "SLO specifications and their rules",
    versionVariable: "github.com/slok/sloth/internal/info.Version",
  },
  kubectl: {
    folder: "kubectl",
    module: "k8s.io/kubectl",
    package: ".",
    binary: "kubectl",
    purpose: "applies the foundation, and removes what is gone",
    versionVariable: "k8s.io/component-base/version.gitVersion",
  },
  "argocd-judge": {
    folder: "argocd-judge",
    module: "github.com/argoproj/argo-cd/v3",
    package: ".",
    binary: "argocd-judge",
    purpose: "reads a tree, and tells health, as Argo CD does",
  },
  pint: {
    folder: "pint",
    module: "github.com/cloudflare/pint",
    package: "github.com/cloudflare/pint/cmd/pint",
    binary: "pint",
    purpose: "lints Prometheus rules",
    versionVariable: "main.version",
  },
  "kube-apiserver": {
    folder: "kubernetes",
    module: "k8s.io/kubernetes",
    package: "k8s.io/kubernetes/cmd/kube-apiserver",
    binary: "kube-apiserver",
    purpose: "admission and permissions of the test cluster",
    versionVariable: "k8s.io/component-base/version.gitVersion",
  },
  "kube-controller-manager": {
    folder: "kubernetes",
    module: "k8s.io/kubernetes",
    package: "k8s.io/kubernetes/cmd/kube-controller-manager",
    binary: "kube-controller-manager",
    purpose: "quota, aggregated roles and default accounts of the test cluster",
    versionVariable: "k8s.io/component-base/version.gitVersion",
  },
  otelcol: {
    folder: "otelcol",
    module: "go.opentelemetry.io/collector/otelcol",
    package: ".",
    binary: "otelcol",
    purpose: "collector configurations, and their behaviour",
  },
  kyverno: {
    folder: "kyverno",
    module: "github.com/kyverno/kyverno",
    package: "github.com/kyverno/kyverno/cmd/cli/kubectl-kyverno",
    binary: "kubectl-kyverno",
    purpose: "policies against good and bad pods",
    versionVariable: "github.com/kyverno/kyverno/pkg/version.BuildVersion",
  },
  promtool: {
    folder: "promtool",
    module: "github.com/prometheus/prometheus",
    package: "github.com/prometheus/prometheus/cmd/promtool",
    binary: "promtool",
    purpose: "rules, and the alerts they raise on given series",
    versionVariable: "github.com/prometheus/common/version.Version",
  },
  prometheus: {
    folder: "promtool",
    module: "github.com/prometheus/prometheus",
    package: "github.com/prometheus/prometheus/cmd/prometheus",
    binary: "prometheus",
    purpose: "rules on live series, as far as Alertmanager",
    versionVariable: "github.com/prometheus/common/version.Version",
  },
};

/** True when the text names a tool. */
export function isToolName(text: string): text is ToolName {
  return Object.hasOwn(tools, text);
}

/** The names in the order in which the tools are built. */
export const toolNames: readonly ToolName[] = Object.keys(tools).filter(isToolName);
