import { isOptions } from "../configuration/collector-config.ts";
import { serverRules } from "./delivery-rules.ts";
import { report } from "./rule.ts";
import {
  distinct,
  each,
  eachOneOf,
  hostAndPort,
  inside,
  needs,
  notBelow,
  notTogether,
  oneOf,
  regexps,
  type ValueRule,
  webAddress,
  when,
  within,
} from "./value-rule.ts";

/** What the receivers ask for, each by its own `config.go`. */
export const receiverRules: Readonly<Record<string, readonly ValueRule[]>> = {
  otlp: [
    listens(["grpc", "http"]),
    inside(
      "protocols",
      inside("grpc", ...serverRules, hostAndPort("endpoint"), within("max_recv_msg_size_mib", { atLeast: 0 }, "4")),
      inside("http", ...serverRules, hostAndPort("endpoint")),
    ),
  ],
  jaeger: [
    listens(["grpc", "thrift_http", "thrift_compact", "thrift_binary"]),
    inside(
      "protocols",
      inside("grpc", ...serverRules, hostAndPort("endpoint")),
      inside("thrift_http", ...serverRules, hostAndPort("endpoint")),
      inside("thrift_compact", hostAndPort("endpoint")),
      inside("thrift_binary", hostAndPort("endpoint")),
    ),
  ],
  zipkin: [...serverRules, hostAndPort("endpoint")],
  fluent_forward: [
    needs(["endpoint"], "the receiver listens nowhere", "endpoint: 0.0.0.0:8006"),
    when(({ endpoint }) => typeof endpoint !== "string" || !endpoint.startsWith("/"), hostAndPort("endpoint")),
  ],
  file_log: [
    needs(["include"], "there is nothing to read", 'include: ["/var/log/pods/*/*/*.log"]'),
    oneOf("start_at", ["beginning", "end"]),
  ],
  host_metrics: [
    within("collection_interval", { above: 0 }, "30s"),
    measures,
    inside(
      "scrapers",
      inside(
        "filesystem",
        ...[
          "exclude_devices",
          "include_devices",
          "exclude_fs_types",
          "include_fs_types",
          "exclude_mount_points",
          "include_mount_points",
        ].map((name) => inside(name, ...patternRules(["devices", "fs_types", "mount_points"]))),
      ),
    ),
  ],
  kubelet_stats: [
    oneOf("auth_type", ["serviceAccount", "tls", "none", "kubeConfig"]),
    within("collection_interval", { above: 0 }, "30s"),
    eachOneOf("metric_groups", ["container", "pod", "node", "volume"]),
  ],
  k8s_cluster: [
    oneOf("auth_type", ["serviceAccount", "none", "kubeConfig", "tls"]),
    oneOf("distribution", ["kubernetes", "openshift"]),
  ],
  k8s_objects: [
    oneOf("auth_type", ["serviceAccount", "none", "kubeConfig", "tls"]),
    oneOf("error_mode", ["propagate", "ignore", "silent"]),
    within("interval", { atLeast: 0 }, "1h"),
    each(
      "objects",
      oneOf("mode", ["pull", "watch"]),
      within("interval", { atLeast: 0 }, "1h"),
      notTogether(["namespaces", "exclude_namespaces"]),
      when(
        ({ mode = "pull" }) => mode === "pull",
        absent("exclude_watch_type", "only what is watched has kinds of changes"),
      ),
      when(({ mode }) => mode === "watch", absent("initial_delay", "only what is pulled has a delay")),
    ),
  ],
  prometheus: [
    scrapes,
    inside("config", distinct("scrape_configs", "job_name", "jobs"), each("scrape_configs", ...scrapeRules())),
    inside(
      "target_allocator",
      needs(["endpoint"], "nobody is asked for targets", "endpoint: http://agent-targetallocator.opentelemetry.svc:80"),
      webAddress("endpoint"),
      needs(["collector_id"], "the allocator does not know who asks", "collector_id: ${env:POD_NAME}"),
      needs(["interval"], "the allocator is never asked", "interval: 30s"),
      within("interval", { above: 0 }, "30s"),
    ),
  ],
};

/** Rules of a filter by names: a list, and how its texts are meant. */
export function patternRules(lists: readonly string[]): readonly ValueRule[] {
  return [
    when(
      (options) => lists.some((list) => Array.isArray(options[list])),
      needs(["match_type"], "it is not said how names match", "match_type: strict"),
    ),
    oneOf("match_type", ["strict", "regexp"]),
    when(({ match_type: matchType }) => matchType === "regexp", ...lists.map(regexps)),
  ];
}

function scrapeRules(): readonly ValueRule[] {
  const actions =
    "replace keep drop labelmap labeldrop labelkeep hashmod keepequal dropequal lowercase uppercase".split(" ");
  const relabelling = [oneOf("action", actions, { anyCase: true }), regexps("regex")];
  return [
    needs(["job_name"], "the job has no name", "job_name: node"),
    oneOf("scheme", ["http", "https"]),
    within("scrape_interval", { above: 0 }, "30s"),
    notBelow("scrape_interval", "scrape_timeout"),
    each("relabel_configs", ...relabelling),
    each("metric_relabel_configs", ...relabelling),
    each("kubernetes_sd_configs", oneOf("role", ["node", "service", "pod", "endpoints", "endpointslice", "ingress"])),
  ];
}

/** At least one protocol is on: `grpc: null` is, with the defaults; one that is not there is off. */
function listens(protocolNames: readonly string[]): ValueRule {
  return ({ protocols }, path) => {
    const on = protocolNames.filter((name) => {
      if (!isOptions(protocols) || !Object.hasOwn(protocols, name)) return false;
      const protocol = protocols[name];
      return !isOptions(protocol) || protocol["enabled"] !== false;
    });
    if (on.length > 0) return [];
    return [
      report("valid-option", `${path}.protocols`, {
        message: "the receiver listens to no protocol",
        expected: `one of ${protocolNames.join(", ")}`,
        example: `protocols: { ${protocolNames[0]}: {} }`,
      }),
    ];
  };
}

function measures({ scrapers }: Parameters<ValueRule>[0], path: string): ReturnType<ValueRule> {
  if (isOptions(scrapers) && Object.keys(scrapers).length > 0) return [];
  return [
    report("valid-option", `${path}.scrapers`, {
      message: "nothing is measured",
      expected: "at least one scraper",
      example: "scrapers: { cpu: {} }",
    }),
  ];
}

function scrapes(
  { config, target_allocator: allocator }: Parameters<ValueRule>[0],
  path: string,
): ReturnType<ValueRule> {
  const jobs = isOptions(config) ? (config["scrape_configs"] ?? config["scrape_config_files"]) : undefined;
  if ((Array.isArray(jobs) && jobs.length > 0) || isOptions(allocator)) return [];
  return [
    report("valid-option", `${path}.config.scrape_configs`, {
      message: "nothing is scraped",
      expected: "scrape_configs, or a target_allocator",
    }),
  ];
}

function absent(name: string, message: string): ValueRule {
  return (options, path) => {
    const value = options[name];
    const isThere = value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
    return isThere ? [report("valid-option", `${path}.${name}`, { message, expected: `no ${name}` })] : [];
  };
}
