import { type Options, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { literalText } from "../configuration/expansion.ts";

/**
 * What one job of the receiver `prometheus` scrapes, as Prometheus itself is told. Regular expressions and replacements are written as for Prometheus: the
 * `$` in them is doubled for the collector.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
export interface ScrapeConfig {
  /** Becomes the label `job`; no two of a receiver may be equal. */
  readonly jobName: string;
  /** @default that of the receiver */
  readonly scrapeInterval?: Duration;
  /** At most the interval. @default that of the receiver */
  readonly scrapeTimeout?: Duration;
  /** @default "/metrics" */
  readonly metricsPath?: string;
  /** @default "http" */
  readonly scheme?: "http" | "https";
  /** Whether labels of the target win over those that the scrape adds. @default false */
  readonly honorLabels?: boolean;
  /** Samples of one scrape at most; more make it fail. @default no limit */
  readonly sampleLimit?: number;
  /** File of a token that is sent as `Authorization: Bearer`. The collector looks for the file when it starts. @default none */
  readonly bearerTokenFile?: string;
  /** Authorities, and whether the certificate is looked at. @default those of the system */
  readonly tls?: { readonly caFile?: string; readonly serverName?: string; readonly insecureSkipVerify?: boolean };
  /** Targets by name. @default none */
  readonly staticConfigs?: readonly StaticTargets[];
  /** Targets that the API server knows: needs `list` and `watch` on them. @default none */
  readonly kubernetes?: readonly KubernetesTargets[];
  /** What happens to the labels of a target before it is scraped. @default nothing */
  readonly relabel?: readonly RelabelStep[];
  /** What happens to the labels of each sample. @default nothing */
  readonly metricRelabel?: readonly RelabelStep[];
}

export interface StaticTargets {
  /** `host:port` each. */
  readonly targets: readonly string[];
  /** Labels of all of them. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface KubernetesTargets {
  /** What is a target. */
  readonly role: "node" | "service" | "pod" | "endpoints" | "endpointslice" | "ingress";
  /** Only in these namespaces. @default all */
  readonly namespaces?: readonly string[];
  /** Only those that the API server selects. @default all */
  readonly selectors?: readonly { readonly role: string; readonly label?: string; readonly field?: string }[];
}

/** One step of relabelling. */
export interface RelabelStep {
  /** @default "replace" */
  readonly action?:
    | "replace"
    | "keep"
    | "drop"
    | "labelmap"
    | "labeldrop"
    | "labelkeep"
    | "hashmod"
    | "keepequal"
    | "dropequal"
    | "lowercase"
    | "uppercase";
  /** Labels whose values are joined. @default none */
  readonly sourceLabels?: readonly string[];
  /** What joins them. @default ";" */
  readonly separator?: string;
  /** A regular expression of Go, which the whole must match. @default "(.*)" */
  readonly regex?: string;
  /** Where the result goes. */
  readonly targetLabel?: string;
  /** @default "$1" */
  readonly replacement?: string;
  /** For `hashmod`. */
  readonly modulus?: number;
}

/** A job as the receiver reads it. */
export function scrapeOptions(job: ScrapeConfig): Options {
  return written({
    job_name: job.jobName,
    scrape_interval: job.scrapeInterval,
    scrape_timeout: job.scrapeTimeout,
    metrics_path: job.metricsPath,
    scheme: job.scheme,
    honor_labels: job.honorLabels,
    sample_limit: job.sampleLimit,
    authorization:
      job.bearerTokenFile === undefined ? undefined : { type: "Bearer", credentials_file: job.bearerTokenFile },
    tls_config:
      job.tls &&
      written({
        ca_file: job.tls.caFile,
        server_name: job.tls.serverName,
        insecure_skip_verify: job.tls.insecureSkipVerify,
      }),
    static_configs: job.staticConfigs?.map(({ targets, labels }) => written({ targets, labels })),
    kubernetes_sd_configs: job.kubernetes?.map(({ role, namespaces, selectors }) =>
      written({
        role,
        namespaces: namespaces && { names: namespaces },
        selectors: selectors?.map((selector) => written({ ...selector })),
      }),
    ),
    relabel_configs: job.relabel?.map(relabelOptions),
    metric_relabel_configs: job.metricRelabel?.map(relabelOptions),
  });
}

function relabelOptions(step: RelabelStep): Options {
  return written({
    source_labels: step.sourceLabels,
    separator: step.separator,
    regex: step.regex === undefined ? undefined : literalText(step.regex),
    target_label: step.targetLabel,
    modulus: step.modulus,
    replacement: step.replacement === undefined ? undefined : literalText(step.replacement),
    action: step.action,
  });
}
