import { PodMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { buildResource, type Environment, type Resource } from "@plinth/core";
import type { ScrapedPage, ScrapeTarget } from "./scrape-target.ts";

/** How the Prometheus operator is told what to scrape. */
export interface MonitorOptions {
  /** Labels that the Prometheus object, or the target allocator, selects its monitors by: `{ release: "kube-prometheus-stack" }`. @default none */
  readonly monitorLabels?: Readonly<Record<string, string>>;
  /**
   * What is looked for. `pods` finds every pod of a service, also of one without a Service; `services` needs Services that carry the ports of metrics.
   * @default "pods"
   */
  readonly discover?: "pods" | "services";
}

/**
 * What a scrape may bring at most beside the samples: a page with more fails as a whole, so that one mistake does not fill the store.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
const limits = { labelLimit: 48, labelNameLengthLimit: 200, labelValueLengthLimit: 1024 } as const;

/**
 * The PodMonitor or ServiceMonitor of a target. Its samples carry the platform's labels, which rules and routes read: `service`, `team` and `environment`
 * beside `namespace`, `pod`, `container`, `endpoint`, `instance` and a `job` that is the same for pushed metrics, `<namespace>/<service>`.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor
 */
export function monitorOf(
  target: ScrapeTarget,
  environment: Environment,
  { monitorLabels = {}, discover = "pods" }: MonitorOptions = {},
): Resource {
  const metadata = { name: target.name, namespace: target.namespace, labels: { ...monitorLabels } };
  const common = {
    ...limits,
    // The limit is the monitor's: the largest of its pages counts for all.
    sampleLimit: Math.max(...target.pages.map(({ sampleLimit }) => sampleLimit)),
    selector: { matchLabels: { ...target.podLabels } },
  };
  return discover === "pods"
    ? buildResource(PodMonitor, {
        metadata,
        spec: {
          ...common,
          podMetricsEndpoints: target.pages.map((page) => ({
            // By number, as network rules say it: a workload may call its ports otherwise.
            portNumber: page.port.number,
            ...endpointOf(page, target, environment),
          })),
        },
      })
    : buildResource(ServiceMonitor, {
        metadata,
        spec: {
          ...common,
          endpoints: target.pages.map((page) => ({
            port: page.port.name,
            ...endpointOf(page, target, environment),
          })),
        },
      });
}

function endpointOf(page: ScrapedPage, target: ScrapeTarget, environment: Environment) {
  return {
    path: page.path,
    interval: page.interval,
    scrapeTimeout: page.timeout,
    honorLabels: page.honorLabels,
    relabelings: Object.entries(labelsOf(page, target, environment)).map(([targetLabel, replacement]) => ({
      action: "replace" as const,
      targetLabel,
      replacement,
    })),
    ...(page.drop.length === 0
      ? {}
      : {
          metricRelabelings: [
            {
              action: "drop" as const,
              sourceLabels: ["__name__"],
              regex: page.drop.length === 1 ? page.drop.join("") : page.drop.map((name) => `(?:${name})`).join("|"),
            },
          ],
        }),
  };
}

/** Labels of every sample of a page, beside those that the operator sets. */
function labelsOf(
  { port }: ScrapedPage,
  { name, namespace, team }: ScrapeTarget,
  environment: Environment,
): Readonly<Record<string, string>> {
  return {
    job: `${namespace}/${name}`,
    endpoint: port.name,
    service: name,
    ...(team === undefined ? {} : { team }),
    environment: environment.name,
  };
}
