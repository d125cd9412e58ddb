import { type Finding, nearestName } from "@plinth/core";
import { promqlSyntaxFindings } from "@plinth/metrics";
import type { IndicatorPlugin, PluginOption, PluginOptionKind, PluginValues } from "./indicator-plugin.ts";
import { slothLibrary } from "./sloth-library.ts";

/** The share of bad events that a plugin measures, or what is wrong with how it is asked. */
export type ExpandedPlugin =
  | { readonly errorRatioQuery: string; readonly findings?: never }
  | { readonly errorRatioQuery?: never; readonly findings: readonly Finding[] };

/**
 * The query of a plugin of Sloth's common library, with the options that a specification gives it.
 *
 * @param plugins Those that may be used.
 * @example
 * expandIndicatorPlugin({ id: "sloth-common/haproxy/frontend/availability" }).errorRatioQuery;
 * // sum(rate(haproxy_frontend_http_responses_total{code="5xx"}[{{.window}}])) / sum(rate(haproxy_frontend_http_responses_total{}[{{.window}}]))
 */
export function expandIndicatorPlugin(
  { id, options = {} }: { readonly id: string; readonly options?: Readonly<Record<string, string>> },
  plugins: readonly IndicatorPlugin[] = slothLibrary,
): ExpandedPlugin {
  const plugin = plugins.find((each) => each.id === id);
  if (plugin === undefined) {
    const meant = nearestName(
      id,
      plugins.map((each) => each.id),
    );
    return {
      findings: [
        {
          code: "unknown-reference",
          severity: "error",
          path: "id",
          message: `${JSON.stringify(id)} is no plugin that is plain PromQL: only Sloth's interpreter can run it`,
          expected: "events, raw, or a plugin of Sloth's common library",
          ...(meant === undefined ? {} : { hint: `Did you mean ${meant}?` }),
        },
      ],
    };
  }
  const findings = plugin.options.flatMap((option) => optionFindings(option, options[option.name] ?? ""));
  return findings.length > 0 ? { findings } : { errorRatioQuery: plugin.errorRatio(valuesOf(options)) };
}

function valuesOf(options: Readonly<Record<string, string>>): PluginValues {
  const text = (name: string): string => (options[name] ?? "").trim();
  return { filter: matchersOf(options["filter"] ?? ""), text, flag: (name) => truths.has(text(name)) };
}

/** Matchers without what holds them together: users write them with braces and without, with a comma at the end and without. */
function matchersOf(filter: string): readonly string[] {
  const bare = filter.replace(/^[{},]+|[{},]+$/g, "");
  return bare === "" ? [] : [bare];
}

// strconv.ParseBool of Go.
const truths: ReadonlySet<string> = new Set(["1", "t", "T", "TRUE", "true", "True"]);
const falsehoods: ReadonlySet<string> = new Set(["0", "f", "F", "FALSE", "false", "False"]);

interface OptionRule {
  readonly expected: string;
  readonly example: string;
  accepts(value: string): boolean;
}

const rules: Readonly<Record<PluginOptionKind, OptionRule>> = {
  filter: {
    expected: "matchers of labels",
    example: 'job="dns",zone=~"a|b"',
    accepts: (value) => promqlSyntaxFindings(`up{${matchersOf(value).join("")}}`).length === 0,
  },
  equalities: {
    expected: "labels that are equal to something",
    example: 'job="apiserver",cluster="a"',
    accepts: (value) => /^(?:[^=]+="[^=,"]+",)*[^=]+="[^=,"]+"$/.test(matchersOf(value).join("")),
  },
  bucket: {
    expected: "the upper bound of a bucket, as the label le has it",
    example: "0.25",
    accepts: (value) => /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) || /^[+-]?Inf$/i.test(value),
  },
  regex: {
    expected: "a regular expression (RE2)",
    example: "checkout-.*",
    accepts: (value) => promqlSyntaxFindings(`up{a=~${JSON.stringify(value)}}`).length === 0,
  },
  boolean: {
    expected: "true or false",
    example: "true",
    accepts: (value) => truths.has(value) || falsehoods.has(value),
  },
  text: { expected: "a text", example: "checkout", accepts: () => true },
};

function optionFindings({ name, kind, required }: PluginOption, given: string): readonly Finding[] {
  const value = given.trim();
  const { expected, example, accepts } = rules[kind];
  const refuse = (message: string): readonly Finding[] => [
    { code: "invalid-field", severity: "error", path: `options.${name}`, message, expected, example },
  ];
  if (value === "") return required === true ? refuse("is missing") : [];
  return accepts(value) ? [] : refuse(`is ${JSON.stringify(given)}`);
}
