import { patternRules } from "./receiver-rules.ts";
import { report } from "./rule.ts";
import { isFilledIn, needs, notTogether, oneOf, regexps, type ValueRule, when } from "./value-rule.ts";

const valueSources = ["value", "from_attribute", "from_context"] as const;

/** One change of attributes: coreinternal/attraction. */
export const actionRules: readonly ValueRule[] = [
  oneOf("action", ["insert", "update", "upsert", "delete", "hash", "extract", "convert"], { anyCase: true }),
  needs(["action"], "it is not said what happens", "action: upsert"),
  when(
    actionIs("insert", "update", "upsert"),
    needs(["key"], "it is not said to which attribute", "key: team"),
    hasValue,
    notTogether([...valueSources]),
    unused(["pattern", "converted_type"]),
  ),
  when(
    actionIs("delete", "hash"),
    needs(["key", "pattern"], "it is not said to which attribute", "key: enduser.id"),
    unused(["value", "from_attribute", "converted_type"]),
    regexps("pattern"),
  ),
  when(
    actionIs("extract"),
    needs(["key"], "it is not said from which attribute", "key: url.path"),
    needs(["pattern"], "it is not said what is taken out", 'pattern: "^/(?P<shop>[^/]+)"'),
    unused([...valueSources, "converted_type"]),
    regexps("pattern"),
    namedGroups,
  ),
  when(
    actionIs("convert"),
    needs(["key"], "it is not said which attribute", "key: http.status"),
    needs(["converted_type"], "it is not said into what", "converted_type: int"),
    oneOf("converted_type", ["int", "double", "string"]),
    unused([...valueSources, "pattern"]),
  ),
];

/** What data must have: filterconfig. */
export function matchRules(): readonly ValueRule[] {
  const lists = ["services", "span_names", "span_kinds", "log_bodies", "log_severity_texts", "metric_names"] as const;
  return [
    needs(
      [...lists, "attributes", "resources", "libraries", "log_severity_number"],
      "there is nothing to match",
      "services: [cart]",
    ),
    ...patternRules(lists),
  ];
}

function actionIs(...actions: readonly string[]): (options: Parameters<ValueRule>[0]) => boolean {
  return ({ action }) => typeof action === "string" && actions.includes(action.toLowerCase());
}

// `value: ""` is a value.
function hasValue(options: Parameters<ValueRule>[0], path: string): ReturnType<ValueRule> {
  const isThere = [...valueSources, "default_value"].some(
    (name) => options[name] !== undefined && options[name] !== null,
  );
  return isThere
    ? []
    : [
        report("valid-option", `${path}.value`, {
          message: "it is not said which value",
          expected: "one of value, from_attribute, from_context",
          example: "value: shop",
        }),
      ];
}

function unused(names: readonly string[]): ValueRule {
  return (options, path) =>
    names
      .filter((name) => options[name] !== undefined && options[name] !== null && options[name] !== "")
      .map((name) =>
        report("valid-option", `${path}.${name}`, {
          message: `the action ${String(options["action"])} has no ${name}`,
          expected: `no ${name}`,
        }),
      );
}

function namedGroups({ pattern }: Parameters<ValueRule>[0], path: string): ReturnType<ValueRule> {
  if (typeof pattern !== "string" || pattern === "" || isFilledIn(pattern)) return [];
  const bare = pattern.replace(/\\./gs, "").replace(/\[[^\]]*\]/g, "");
  const groups = bare.match(/\((?!\?(?!P?<))/g) ?? [];
  const named = bare.match(/\(\?P?</g) ?? [];
  return named.length > 0 && groups.length === named.length
    ? []
    : [
        report("valid-option", `${path}.pattern`, {
          message: "each group becomes an attribute, and not all have a name",
          expected: "groups with names",
          example: '"^/(?P<shop>[^/]+)"',
        }),
      ];
}
