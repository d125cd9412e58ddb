import type { Resource } from "@plinth/core";
import type { LabelSelector } from "../reachability/label-selector.ts";

/** An expression of a policy object with its name. */
export interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

/** What has to be true, and what is said when it is not. */
export interface ValidationText {
  readonly expression: string;
  readonly messageExpression?: string;
  readonly message?: string;
}

/** Which objects a rule is about; `*` stands for all. */
export interface ResourceRuleText {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly resources: readonly string[];
  readonly operations: readonly string[];
}

/** The part of a policy object that decides: the same fields in a ValidatingPolicy of Kyverno and a ValidatingAdmissionPolicy. */
export interface PolicyText {
  readonly rules: readonly ResourceRuleText[];
  readonly excluded: readonly ResourceRuleText[];
  readonly namespaceSelector: LabelSelector;
  readonly objectSelector: LabelSelector;
  readonly matchConditions: readonly NamedExpression[];
  readonly variables: readonly NamedExpression[];
  readonly validations: readonly ValidationText[];
  /** Controllers for which Kyverno derives a rule, by their plurals. */
  readonly controllers: readonly string[];
}

/**
 * Reads a policy object: a ValidatingPolicy of Kyverno, or a ValidatingAdmissionPolicy. Fields that are not there or are something else are read as empty, as
 * the API server would not let them in.
 */
export function policyText({ spec }: Resource): PolicyText {
  const fields = record(spec);
  const match = record(fields["matchConstraints"]);
  return {
    rules: records(match["resourceRules"]).map(ruleText),
    excluded: records(match["excludeResourceRules"]).map(ruleText),
    namespaceSelector: selectorText(match["namespaceSelector"]),
    objectSelector: selectorText(match["objectSelector"]),
    matchConditions: records(fields["matchConditions"]).map(namedExpression),
    variables: records(fields["variables"]).map(namedExpression),
    validations: records(fields["validations"]).map(({ expression, messageExpression, message }) => ({
      expression: text(expression),
      ...(typeof messageExpression === "string" ? { messageExpression } : {}),
      ...(typeof message === "string" ? { message } : {}),
    })),
    controllers: texts(record(record(fields["autogen"])["podControllers"])["controllers"]),
  };
}

/** Every expression of a policy object, with its field. */
export function expressionsOf({ matchConditions, variables, validations }: PolicyText): readonly NamedExpression[] {
  return [
    ...matchConditions.map(({ name, expression }) => ({ name: `matchConditions[${name}]`, expression })),
    ...variables.map(({ name, expression }) => ({ name: `variables[${name}]`, expression })),
    ...validations.flatMap(({ expression, messageExpression }, index) => [
      { name: `validations[${index}].expression`, expression },
      ...(messageExpression === undefined
        ? []
        : [{ name: `validations[${index}].messageExpression`, expression: messageExpression }]),
    ]),
  ];
}

type Fields = Readonly<Record<string, unknown>>;

function ruleText(rule: Fields): ResourceRuleText {
  return {
    apiGroups: texts(rule["apiGroups"]),
    apiVersions: texts(rule["apiVersions"]),
    resources: texts(rule["resources"]),
    operations: texts(rule["operations"]),
  };
}

function selectorText(selector: unknown): LabelSelector {
  const { matchLabels, matchExpressions } = record(selector);
  return {
    matchLabels: Object.fromEntries(Object.entries(record(matchLabels)).map(([key, value]) => [key, text(value)])),
    matchExpressions: records(matchExpressions).map(({ key, operator, values }) => ({
      key: text(key),
      operator: text(operator),
      values: texts(values),
    })),
  };
}

function namedExpression({ name, expression }: Fields): NamedExpression {
  return { name: text(name), expression: text(expression) };
}

/** The fields of an object; none of anything else. */
export function record(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function records(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
