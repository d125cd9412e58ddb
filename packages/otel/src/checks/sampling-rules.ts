import { isOptions } from "../configuration/collector-config.ts";
import { report } from "./rule.ts";
import { distinct, each, eachOneOf, inside, needs, oneOf, type ValueRule, when, within } from "./value-rule.ts";

/** Types of policies: tailsamplingprocessor/config.go. */
const policyTypes =
  "always_sample and boolean_attribute bytes_limiting composite drop latency not numeric_attribute ottl_condition probabilistic rate_limiting span_count status_code string_attribute trace_flags trace_state".split(
    " ",
  );

/** What one policy says; the collector looks at it only when it starts. */
const policyRules: readonly ValueRule[] = [
  needs(["type"], "it is not said what kind of policy it is", "type: status_code"),
  oneOf("type", policyTypes),
  inside("probabilistic", within("sampling_percentage", { atLeast: 0, atMost: 100 }, "share(0.1)")),
  when(isType("probabilistic"), needs(["probabilistic"], "there is no share: nothing is kept", "share(0.1)")),
  inside("latency", within("threshold_ms", { atLeast: 0 }, "500")),
  when(
    isType("status_code"),
    inside(
      "status_code",
      needs(["status_codes"], "there is no status", "status_codes: [ERROR]"),
      eachOneOf("status_codes", ["ERROR", "OK", "UNSET"]),
    ),
  ),
  when(isType("rate_limiting"), inside("rate_limiting", within("spans_per_second", { above: 0 }, "1000"))),
  when(
    isType("string_attribute"),
    inside("string_attribute", needs(["key"], "it is not said which attribute", "key: service.criticality")),
  ),
];

const subPolicies = [
  ["and", "and_sub_policy"],
  ["drop", "drop_sub_policy"],
  ["composite", "composite_sub_policy"],
] as const;

/** What `tail_sampling` must say, so that it keeps what it should. */
export const samplingPolicyRules: readonly ValueRule[] = [
  oneOf("sampling_strategy", ["trace-complete", "span-ingest"]),
  within("decision_wait", { above: 0 }, "30s"),
  within("num_traces", { above: 0 }, "50000"),
  hasPolicies,
  distinct("policies", "name", "policies"),
  each("policies", needs(["name"], "the policy has no name", "name: errors"), ...policyRules),
  each(
    "policies",
    ...subPolicies.map(([type, list]) => inside(type, distinct(list, "name", "policies"), each(list, ...policyRules))),
    inside("not", inside("not_sub_policy", ...policyRules)),
  ),
];

function isType(type: string): (options: Parameters<ValueRule>[0]) => boolean {
  return (options) => options["type"] === type;
}

function hasPolicies({ policies }: Parameters<ValueRule>[0], path: string): ReturnType<ValueRule> {
  if (Array.isArray(policies) && policies.some(isOptions)) return [];
  return [
    report("valid-option", `${path}.policies`, {
      message: "there is no policy: every trace is dropped",
      expected: "at least one policy",
      example: "tailSampling([keepErrors(), share(0.1)])",
    }),
  ];
}
