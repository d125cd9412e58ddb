import type { Finding } from "@plinth/core";
import { isOptions, sectionOfKind } from "../configuration/collector-config.ts";
import { type ComponentKind, type Options, type OptionValue, typeOf } from "../configuration/component.ts";
import { currentType } from "../configuration/component-types.ts";
import { type CheckedConfig, configuredComponents } from "./checked-config.ts";
import { report } from "./rule.ts";

type OptionCheck = (options: Options, path: string) => Finding[];

/** What the options of a type must say, beyond what its factory's types already do: the components' own `Validate` functions, and shares. */
const optionChecks: Readonly<Partial<Record<ComponentKind, Readonly<Record<string, OptionCheck>>>>> = {
  receiver: { otlp: checkProtocols },
  processor: { memory_limiter: checkLimits, tail_sampling: checkPolicies },
  exporter: {
    otlp_grpc: needsEndpoint("endpoint"),
    otlp_http: needsEndpoint("endpoint", "traces_endpoint", "metrics_endpoint", "logs_endpoint"),
    prometheus_remote_write: needsEndpoint("endpoint"),
    load_balancing: checkResolver,
  },
};

/** The options of each component of a type that is looked at. */
export function checkOptions(checked: CheckedConfig): Finding[] {
  const { config } = checked;
  return configuredComponents(checked).flatMap(({ id, kind, path }) => {
    const section = config[sectionOfKind[kind]];
    return optionChecks[kind]?.[currentType(kind, typeOf(id))]?.(section?.[id] ?? {}, path) ?? [];
  });
}

// `grpc: null` is on, with the defaults; a protocol that is not there is off.
function checkProtocols(options: Options, path: string): Finding[] {
  const { protocols } = options;
  if (isOptions(protocols) && (Object.hasOwn(protocols, "grpc") || Object.hasOwn(protocols, "http"))) return [];
  return [
    report("valid-option", `${path}.protocols`, {
      message: "the receiver listens to no protocol",
      expected: "grpc, http, or both",
      example: "protocols: { grpc: {} }",
    }),
  ];
}

function checkLimits(options: Options, path: string): Finding[] {
  const limit = numberOf(options["limit_percentage"]);
  const spike = numberOf(options["spike_limit_percentage"]);
  const findings: Finding[] = [];
  if (options["check_interval"] === undefined || options["check_interval"] === "0s") {
    findings.push(
      report("valid-option", `${path}.check_interval`, {
        message: "the memory is never looked at",
        expected: "an interval above zero",
        example: "1s",
      }),
    );
  }
  if (limit === undefined && options["limit_mib"] === undefined) {
    findings.push(
      report("valid-option", path, {
        message: "there is no limit",
        expected: "limit_percentage or limit_mib",
        example: "limit_percentage: 80",
      }),
    );
  }
  if (limit !== undefined && (limit <= 0 || limit > 100)) {
    findings.push(
      report("valid-option", `${path}.limit_percentage`, {
        message: `is ${limit}`,
        expected: "above 0, at most 100",
        example: "80",
      }),
    );
  }
  if (limit !== undefined && spike !== undefined && spike >= limit) {
    findings.push(
      report("valid-option", `${path}.spike_limit_percentage`, {
        message: `is ${spike}, and the limit is ${limit}`,
        expected: "less than limit_percentage",
        example: "25",
      }),
    );
  }
  return findings;
}

function checkPolicies(options: Options, path: string): Finding[] {
  const { policies } = options;
  if (!Array.isArray(policies) || policies.length === 0) {
    return [
      report("valid-option", `${path}.policies`, {
        message: "there is no policy: every trace is dropped",
        expected: "at least one policy",
      }),
    ];
  }
  const named = policies.filter(isOptions).map(({ name }) => name);
  return [
    ...[...new Set(named)]
      .filter((name) => named.filter((other) => other === name).length > 1)
      .map((name) =>
        report("valid-option", `${path}.policies`, {
          message: `two policies are named ${JSON.stringify(name)}`,
          expected: "a name of its own for each policy",
        }),
      ),
    ...sharesIn(policies, `${path}.policies`),
  ];
}

/** Shares anywhere below a value that are no percentages. */
function sharesIn(value: OptionValue, path: string): Finding[] {
  if (Array.isArray(value)) return value.flatMap((member: OptionValue, index) => sharesIn(member, `${path}[${index}]`));
  if (!isOptions(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const at = `${path}.${key}`;
    if (key !== "sampling_percentage") return sharesIn(member, at);
    const share = numberOf(member);
    if (share !== undefined && share >= 0 && share <= 100) return [];
    return [
      report("valid-option", at, {
        message: `is ${JSON.stringify(member)}`,
        expected: "a percentage from 0 to 100; share() takes a fraction from 0 to 1",
        example: "share(0.1)",
      }),
    ];
  });
}

function needsEndpoint(...names: readonly string[]): OptionCheck {
  return (options, path) =>
    names.some((name) => typeof options[name] === "string" && options[name] !== "")
      ? []
      : [
          report("valid-option", `${path}.endpoint`, {
            message: "there is nowhere to send to",
            expected: "an endpoint",
            example: 'endpoint: "tempo.monitoring.svc:4317"',
          }),
        ];
}

function checkResolver(options: Options, path: string): Finding[] {
  const resolver = isOptions(options["resolver"]) ? Object.keys(options["resolver"]) : [];
  if (resolver.length === 1) return [];
  return [
    report("valid-option", `${path}.resolver`, {
      message: `has ${resolver.length === 0 ? "no source" : resolver.join(" and ")}`,
      expected: "one of static, dns, k8s, aws_cloud_map",
    }),
  ];
}

function numberOf(value: OptionValue | undefined): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
