import type { Environment, Finding, Platform, Redaction } from "@plinth/core";
import { nearestName } from "@plinth/core";
import type { Processor } from "../configuration/component.ts";
import type { Signal } from "../configuration/signal.ts";
import { redaction } from "../processors/redaction.ts";
import { ottlText, transform } from "../processors/transform.ts";
import { platformAttributes } from "./platform-attributes.ts";
import { type RedactedKey, type RedactedValue, redactedKeys, redactedValues } from "./redaction-list.ts";

/** What is removed in one environment: the platform's list without what is allowed, and what the environment adds. */
export interface RedactionRules {
  readonly keys: readonly Pick<RedactedKey, "key">[];
  readonly values: readonly Pick<RedactedValue, "name" | "pattern">[];
}

/**
 * What the gateways of an environment remove: keys whose values are masked whole, and texts that are masked wherever they stand.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * redactionRules(environmentNamed(examplePlatform(), "production")).values.map(({ name }) => name);
 */
export function redactionRules({ telemetry }: Environment): RedactionRules {
  const { keys, values, allow } = telemetry.redaction;
  const allowed = new Set(allow.map(({ name }) => name));
  return {
    keys: [...redactedKeys.filter(({ key }) => !allowed.has(key)), ...keys.map((key) => ({ key }))],
    values: [
      ...redactedValues.filter(({ name }) => !allowed.has(name)),
      ...Object.entries(values).map(([name, pattern]) => ({ name, pattern })),
    ],
  };
}

/**
 * Takes secrets and personal data out of everything that passes. The processor `redaction` reads attributes and log bodies; a transform does the same for the
 * names of spans and of their events and for the messages of their statuses, which it leaves.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/redactionprocessor
 */
export function redactionProcessors(environment: Environment): readonly Processor<Signal>[] {
  const { keys, values } = redactionRules(environment);
  const anyKey = `(?:${keys.map(({ key }) => key).join("|")})`;
  const anyValue = values.map(({ pattern }) => `(?:${pattern})`).join("|");
  const masked = (path: string): string =>
    `replace_pattern(${path}, ${ottlText(anyValue)}, "****") where ${path} != ""`;
  return [
    redaction({
      allowedKeys: "all",
      ...(keys.length === 0 ? {} : { blockedKeyPatterns: [`(?i)(?:^|[._-])${anyKey}$`] }),
      ...(keys.length + values.length === 0
        ? {}
        : {
            blockedValues: [
              ...(keys.length === 0 ? [] : [jsonMember(anyKey)]),
              ...values.map(({ pattern }) => pattern),
            ],
          }),
      // Lists and maps are read as JSON: headers are lists, and what loggers group is a map.
      allTypes: true,
      // Whatever the platform itself sets holds no secret, and is on everything: it is not looked at.
      ignoredKeys: platformAttributes,
      // A count among the attributes of a point would be one more label.
      summary: "silent",
    }),
    ...(values.length === 0
      ? []
      : [
          transform({
            name: "redaction",
            traces: [masked("span.name"), masked("span.status.message"), masked("spanevent.name")],
          }),
        ]),
  ];
}

/** What stands under a key in JSON: in a log line, and in an attribute that is a map, whose inner keys the processor does not look at. */
function jsonMember(anyKey: string): string {
  const value = String.raw`(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\]|\{[^{}]*\}|[^\s",}\]]+)`;
  return String.raw`(?i)"(?:[^"]*[._-])?${anyKey}"\s*:\s*${value}`;
}

/** Exceptions from the redaction that are none: names that its list does not have. */
export function checkRedaction(platform: Platform): Finding[] {
  const known = [...redactedValues.map(({ name }) => name), ...redactedKeys.map(({ key }) => key)];
  return platform.environments.flatMap((environment) =>
    environment.telemetry.redaction.allow.flatMap(({ name }, index): Finding[] => {
      if (known.includes(name)) return [];
      const nearest = nearestName(name, known);
      return [
        {
          code: "unknown-reference",
          severity: "error",
          ...(environment.source === undefined ? {} : { source: environment.source }),
          path: `environments[${environment.name}].telemetry.redaction.allow[${index}].name`,
          message: `nothing called ${JSON.stringify(name)} is removed`,
          expected: `one of ${known.join(", ")}`,
          ...(nearest === undefined ? {} : { hint: `did you mean ${nearest}?` }),
        },
      ];
    }),
  );
}

/** True where an environment changes something about the platform's list. */
export function changesRedaction({ keys, values, allow }: Redaction): boolean {
  return keys.length + Object.keys(values).length + allow.length > 0;
}
