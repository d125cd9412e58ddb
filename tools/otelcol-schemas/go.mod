module plinth.dev/tools/otelcol-schemas

go 1.26

// The components that tools/otelcol cannot hold, for the config.schema.yaml in each: never built, only read. Of each the release nearest to 0.158 that the module
// proxy has.
require (
	github.com/open-telemetry/opentelemetry-collector-contrib/connector/routingconnector v0.157.0
	github.com/open-telemetry/opentelemetry-collector-contrib/exporter/awscloudwatchlogsexporter v0.156.0
	github.com/open-telemetry/opentelemetry-collector-contrib/exporter/awsemfexporter v0.158.0
	github.com/open-telemetry/opentelemetry-collector-contrib/exporter/awsxrayexporter v0.161.0
	github.com/open-telemetry/opentelemetry-collector-contrib/extension/k8sleaderelector v0.151.0
	github.com/open-telemetry/opentelemetry-collector-contrib/extension/sigv4authextension v0.156.0
	github.com/open-telemetry/opentelemetry-collector-contrib/internal/aws/awsutil v0.159.0
	github.com/open-telemetry/opentelemetry-collector-contrib/internal/aws/xray v0.159.0
	github.com/open-telemetry/opentelemetry-collector-contrib/internal/k8sconfig v0.158.0
	github.com/open-telemetry/opentelemetry-collector-contrib/internal/kubelet v0.159.0
	github.com/open-telemetry/opentelemetry-collector-contrib/pkg/resourcetotelemetry v0.158.0
	github.com/open-telemetry/opentelemetry-collector-contrib/receiver/k8sclusterreceiver v0.161.0
	github.com/open-telemetry/opentelemetry-collector-contrib/receiver/k8sobjectsreceiver v0.156.0
	github.com/open-telemetry/opentelemetry-collector-contrib/receiver/kubeletstatsreceiver v0.161.0
	go.opentelemetry.io/collector/config/confignet v1.64.0
	go.opentelemetry.io/collector/config/configretry v1.64.0
	go.opentelemetry.io/collector/config/configtls v1.64.0
	go.opentelemetry.io/collector/exporter/exporterhelper v0.158.0
	go.opentelemetry.io/collector/filter v0.158.0
	go.opentelemetry.io/collector/scraper/scraperhelper v0.158.0
)
