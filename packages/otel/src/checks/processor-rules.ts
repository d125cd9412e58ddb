import { isOptions } from "../configuration/collector-config.ts";
import { actionRules, matchRules } from "./attribute-rules.ts";
import { patternRules } from "./receiver-rules.ts";
import { report } from "./rule.ts";
import { samplingPolicyRules } from "./sampling-rules.ts";
import {
  distinctTexts,
  each,
  eachOneOf,
  inside,
  isFilledIn,
  needs,
  notBelow,
  notTogether,
  oneOf,
  regexps,
  type ValueRule,
  when,
  within,
} from "./value-rule.ts";

const errorModes = ["ignore", "silent", "propagate"] as const;

/** Detectors of collector 0.158: resourcedetectionprocessor/factory.go. */
export const detectors: readonly string[] =
  "akamai aks alibaba_ecs azure consul digitalocean docker dynatrace ec2 ecs eks elastic_beanstalk env gcp heroku hetzner ibmcloud_classic ibmcloud_vpc k8s_api k8snode kubeadm lambda nova openshift oraclecloud scaleway system tencent_cvm upcloud vultr".split(
    " ",
  );

const podMetadata: readonly string[] = [
  ...[
    "namespace.name",
    "pod.name",
    "pod.uid",
    "pod.hostname",
    "pod.start_time",
    "pod.ip",
    "container.name",
    "cluster.uid",
  ],
  ...["deployment", "replicaset", "daemonset", "statefulset", "job", "cronjob", "node"].flatMap((workload) => [
    `${workload}.name`,
    `${workload}.uid`,
  ]),
]
  .map((name) => `k8s.${name}`)
  .concat(["id", "image.name", "image.tag", "image.tags", "image.repo_digests"].map((name) => `container.${name}`))
  .concat(["namespace", "name", "version", "instance.id"].map((name) => `service.${name}`));

/** What the processors ask for, each by its own `config.go` and factory. */
export const processorRules: Readonly<Record<string, readonly ValueRule[]>> = {
  memory_limiter: [
    needs(["check_interval"], "the memory is never looked at", "check_interval: 1s"),
    within("check_interval", { above: 0 }, "1s"),
    needs(["limit_percentage", "limit_mib"], "there is no limit", "limit_percentage: 80"),
    within("limit_percentage", { atLeast: 0, atMost: 100 }, "80"),
    within("spike_limit_percentage", { atLeast: 0, atMost: 100 }, "25"),
    smaller("spike_limit_percentage", "limit_percentage"),
    smaller("spike_limit_mib", "limit_mib"),
    notBelow("min_gc_interval_when_soft_limited", "min_gc_interval_when_hard_limited", {
      defaults: { min_gc_interval_when_soft_limited: 10_000, min_gc_interval_when_hard_limited: 0 },
    }),
  ],
  batch: [
    within("timeout", { atLeast: 0 }, "200ms"),
    notBelow("send_batch_max_size", "send_batch_size", {
      defaults: { send_batch_max_size: 0, send_batch_size: 8192 },
      zeroIsNone: true,
    }),
    distinctTexts("metadata_keys"),
  ],
  resource: [
    needs(["attributes"], "nothing happens", "attributes: [{ key: team, value: shop, action: upsert }]"),
    each("attributes", ...actionRules),
  ],
  attributes: [
    needs(["actions"], "nothing happens", "actions: [{ key: enduser.id, action: delete }]"),
    each("actions", ...actionRules),
    ...["include", "exclude"].map((name) => inside(name, ...matchRules())),
  ],
  redaction: [
    ...["blocked_key_patterns", "blocked_values", "allowed_values", "ignored_key_patterns"].map(regexps),
    oneOf("hash_function", ["md5", "sha1", "sha3", "hmac-sha256", "hmac-sha512"], { anyCase: true }),
    oneOf("summary", ["debug", "info", "silent"]),
    when(({ hash_function: hash }) => hash === "hmac-sha256", longKey(32)),
    when(({ hash_function: hash }) => hash === "hmac-sha512", longKey(64)),
  ],
  filter: [
    oneOf("error_mode", errorModes),
    notTogetherWithin("trace_conditions", "traces", ["resource", "span", "spanevent"]),
    notTogetherWithin("metric_conditions", "metrics", ["resource", "metric", "datapoint", "include", "exclude"]),
    notTogetherWithin("log_conditions", "logs", ["resource", "log_record", "include", "exclude"]),
  ],
  transform: [oneOf("error_mode", errorModes)],
  k8s_attributes: [
    oneOf("auth_type", ["serviceAccount", "none", "kubeConfig", "tls"]),
    inside(
      "extract",
      eachOneOf("metadata", podMetadata),
      ...["labels", "annotations"].map((name) =>
        each(
          name,
          notTogether(["key", "key_regex"]),
          oneOf("from", ["pod", "namespace", "node", "deployment", "statefulset", "daemonset", "job"]),
          regexps("key_regex"),
        ),
      ),
    ),
    each(
      "pod_association",
      atMostEntries("sources", 4),
      each("sources", oneOf("from", ["connection", "resource_attribute"])),
    ),
    inside("filter", each("labels", oneOf("op", ["equals", "not-equals", "exists", "does-not-exist"]))),
  ],
  resource_detection: [eachOneOf("detectors", detectors), within("timeout", { atLeast: 0 }, "5s")],
  probabilistic_sampler: [
    within("sampling_percentage", { atLeast: 0, atMost: 100 }, "probabilisticSampler(0.1)"),
    oneOf("mode", ["hash_seed", "proportional", "equalizing"]),
    within("sampling_precision", { atLeast: 1, atMost: 14 }, "4"),
    oneOf("attribute_source", ["traceID", "record"]),
  ],
  tail_sampling: samplingPolicyRules,
  cumulative_to_delta: [
    oneOf("initial_value", ["auto", "keep", "drop"]),
    ...["include", "exclude"].map((name) =>
      inside(
        name,
        ...patternRules(["metrics"]),
        when(
          ({ match_type: type }) => type !== undefined,
          needs(["metrics"], "there is nothing to match", "metrics: [http.server.request.duration]"),
        ),
        eachOneOf("metric_types", ["sum", "histogram", "exponentialhistogram"]),
      ),
    ),
  ],
  delta_to_cumulative: [within("max_stale", { above: 0 }, "5m"), within("max_streams", { atLeast: 0 }, "100000")],
  interval: [within("interval", { above: 0 }, "60s")],
};

function smaller(name: string, other: string): ValueRule {
  return (options, path) => {
    const value = options[name];
    const limit = options[other];
    return typeof value === "number" && typeof limit === "number" && limit > 0 && value >= limit
      ? [
          report("valid-option", `${path}.${name}`, {
            message: `is ${value}, and the limit is ${limit}`,
            expected: `less than ${other}`,
            example: "25",
          }),
        ]
      : [];
  };
}

function longKey(bytes: number): ValueRule {
  return ({ hmac_key: key }, path) => {
    if (isFilledIn(key) || (typeof key === "string" && new TextEncoder().encode(key).length >= bytes)) return [];
    return [
      report("valid-option", `${path}.hmac_key`, {
        message: `the key of the hash is ${key === undefined || key === "" ? "missing" : "too short"}`,
        expected: `at least ${bytes} bytes`,
        example: "${env:REDACTION_KEY}",
      }),
    ];
  };
}

function notTogetherWithin(flat: string, group: string, names: readonly string[]): ValueRule {
  return (options, path) => {
    const grouped = options[group];
    const given = isOptions(grouped)
      ? names.filter((name) => grouped[name] !== undefined && grouped[name] !== null)
      : [];
    return options[flat] !== undefined && given.length > 0
      ? [
          report("valid-option", `${path}.${flat}`, {
            message: `${flat} and ${group}.${given[0]} are both there`,
            expected: `only ${flat}`,
          }),
        ]
      : [];
  };
}

function atMostEntries(name: string, most: number): ValueRule {
  return (options, path) => {
    const value = options[name];
    return Array.isArray(value) && value.length > most
      ? [
          report("valid-option", `${path}.${name}`, {
            message: `has ${value.length} entries`,
            expected: `at most ${most}`,
          }),
        ]
      : [];
  };
}
