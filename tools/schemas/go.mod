module plinth.dev/tools/schemas

go 1.26

require (
	github.com/argoproj/argo-cd/v3 v3.5.7
	github.com/cert-manager/cert-manager v1.19.1
	github.com/external-secrets/external-secrets v1.3.2
	github.com/fluxcd/kustomize-controller v1.9.6
	github.com/fluxcd/source-controller v1.9.6
	github.com/grafana/grafana-operator/v5 v5.24.0
	github.com/kyverno/kyverno v1.19.1
	github.com/open-telemetry/opentelemetry-operator v0.148.0
	github.com/prometheus-operator/prometheus-operator v0.91.0
	github.com/slok/sloth v0.16.0
	k8s.io/kubernetes v1.36.3
	k8s.io/pod-security-admission v0.37.0
)
