import { isOptions } from "../configuration/collector-config.ts";
import { report } from "./rule.ts";
import {
  distinct,
  distinctTexts,
  inside,
  notBelow,
  notTogether,
  oneOf,
  type ValueRule,
  when,
  within,
} from "./value-rule.ts";

/** https://github.com/open-telemetry/opentelemetry-collector/tree/main/exporter/exporterhelper: `queue_batch.go`, `retry_sender.go`, `timeout_sender.go`. */
const queueDefaults = { queue_size: 1000, min_size: 8192 } as const;

/** `timeout`, `sending_queue` and `retry_on_failure` of an exporter. */
export const deliveryRules: readonly ValueRule[] = [
  within("timeout", { atLeast: 0 }, "5s"),
  inside(
    "sending_queue",
    when(
      ({ enabled }) => enabled !== false,
      within("queue_size", { above: 0 }, "1000"),
      within("num_consumers", { above: 0 }, "10"),
      oneOf("sizer", ["requests", "items", "bytes"]),
      when(
        ({ storage }) => typeof storage === "string",
        refuses("wait_for_result", "a queue with a storage cannot wait for its results"),
      ),
      inside(
        "batch",
        oneOf("sizer", ["items", "bytes"]),
        within("flush_timeout", { above: 0 }, "200ms"),
        within("min_size", { atLeast: 0 }, "8192"),
        within("max_size", { atLeast: 0 }, "16384"),
        notBelow("max_size", "min_size", {
          defaults: { max_size: 0, min_size: queueDefaults.min_size },
          zeroIsNone: true,
        }),
        inside("partition", distinctTexts("metadata_keys")),
      ),
      batchCountsItems,
      batchFitsQueue,
    ),
  ),
  inside(
    "retry_on_failure",
    within("initial_interval", { atLeast: 0 }, "5s"),
    within("max_interval", { atLeast: 0 }, "30s"),
    within("max_elapsed_time", { atLeast: 0 }, "5m"),
    within("multiplier", { atLeast: 0 }, "1.5"),
    within("randomization_factor", { atLeast: 0, atMost: 1 }, "0.5"),
    notBelow("max_elapsed_time", "max_interval", {
      defaults: { max_elapsed_time: 300_000, max_interval: 30_000 },
      zeroIsNone: true,
    }),
    notBelow("max_elapsed_time", "initial_interval", {
      defaults: { max_elapsed_time: 300_000, initial_interval: 5_000 },
      zeroIsNone: true,
    }),
  ),
];

const tlsVersions = ["1.0", "1.1", "1.2", "1.3"] as const;

/** `tls`: files and texts exclude each other, and a certificate needs its key. https://github.com/open-telemetry/opentelemetry-collector/blob/main/config/configtls/README.md */
export const tlsRules: readonly ValueRule[] = [
  notTogether(["ca_file", "ca_pem"]),
  notTogether(["cert_file", "cert_pem"]),
  notTogether(["key_file", "key_pem"]),
  pairs(["cert_file", "cert_pem"], ["key_file", "key_pem"]),
  oneOf("min_version", tlsVersions),
  oneOf("max_version", tlsVersions),
];

/** What a client says about a connection. */
export const clientRules: readonly ValueRule[] = [inside("tls", ...tlsRules), uniquePairs("headers")];

/** What a server says about its connections. */
export const serverRules: readonly ValueRule[] = [
  inside("tls", ...tlsRules, serverNeedsCertificate),
  uniquePairs("response_headers"),
];

// A batch counts what its queue says that it counts, unless it says so itself: queuebatch/config.go.
function batchCountsItems({ sizer, batch }: Parameters<ValueRule>[0], path: string): ReturnType<ValueRule> {
  if (sizer !== "requests" || !isOptions(batch) || Object.keys(batch).length === 0 || batch["sizer"] !== undefined)
    return [];
  return [
    report("valid-option", `${path}.batch.sizer`, {
      message: "a batch does not count requests, as its queue does",
      expected: "items or bytes",
      example: "sizer: items",
    }),
  ];
}

// A batch that must be larger than the queue never fills; a queue that counts what the batch does not is not compared.
function batchFitsQueue(options: Parameters<ValueRule>[0], path: string): ReturnType<ValueRule> {
  const { sizer = "requests", queue_size: size = queueDefaults.queue_size, batch } = options;
  if (!isOptions(batch)) return [];
  const batchSizer = batch["sizer"] ?? (Object.keys(batch).length > 0 && sizer !== "requests" ? sizer : "items");
  if (batchSizer !== sizer) return [];
  const least = batch["min_size"] ?? queueDefaults.min_size;
  return notBelow("queue_size", "min_size", { defaults: {} })({ queue_size: size, min_size: least }, path);
}

function refuses(name: string, message: string): ValueRule {
  return (options, path) =>
    options[name] === true
      ? [report("valid-option", `${path}.${name}`, { message, expected: "one or the other" })]
      : [];
}

function pairs(certificates: readonly [string, ...string[]], keys: readonly [string, ...string[]]): ValueRule {
  const given = (options: Parameters<ValueRule>[0], names: readonly string[]): boolean =>
    names.some((name) => typeof options[name] === "string" && options[name] !== "");
  return (options, path) => {
    if (given(options, certificates) === given(options, keys)) return [];
    const missing = given(options, certificates) ? keys[0] : certificates[0];
    return [
      report("valid-option", `${path}.${missing}`, {
        message: "a certificate and its key go together",
        expected: missing,
      }),
    ];
  };
}

function serverNeedsCertificate(options: Parameters<ValueRule>[0], path: string): ReturnType<ValueRule> {
  const hasCertificate = ["cert_file", "cert_pem", "key_file", "key_pem"].some(
    (name) => typeof options[name] === "string",
  );
  return hasCertificate
    ? []
    : [
        report("valid-option", `${path}.cert_file`, {
          message: "a server needs a certificate",
          expected: "cert_file and key_file",
          example: "cert_file: /etc/otelcol/tls.crt",
        }),
      ];
}

function uniquePairs(name: string): ValueRule {
  return distinct(name, "name", "headers");
}
