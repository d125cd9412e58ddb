import { fieldAt, listAt, type Resource, textAt, textMapAt, textsAt } from "@plinth/core";
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
  return {
    rules: listAt(spec, "matchConstraints", "resourceRules").map(ruleText),
    excluded: listAt(spec, "matchConstraints", "excludeResourceRules").map(ruleText),
    namespaceSelector: selectorText(fieldAt(spec, "matchConstraints", "namespaceSelector")),
    objectSelector: selectorText(fieldAt(spec, "matchConstraints", "objectSelector")),
    matchConditions: listAt(spec, "matchConditions").map(namedExpression),
    variables: listAt(spec, "variables").map(namedExpression),
    validations: listAt(spec, "validations").map((validation) => {
      const messageExpression = fieldAt(validation, "messageExpression");
      const message = fieldAt(validation, "message");
      return {
        expression: textAt(validation, "expression"),
        ...(typeof messageExpression === "string" ? { messageExpression } : {}),
        ...(typeof message === "string" ? { message } : {}),
      };
    }),
    controllers: textsAt(spec, "autogen", "podControllers", "controllers"),
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

function ruleText(rule: unknown): ResourceRuleText {
  return {
    apiGroups: textsAt(rule, "apiGroups"),
    apiVersions: textsAt(rule, "apiVersions"),
    resources: textsAt(rule, "resources"),
    operations: textsAt(rule, "operations"),
  };
}

function selectorText(selector: unknown): LabelSelector {
  return {
    matchLabels: textMapAt(selector, "matchLabels"),
    matchExpressions: listAt(selector, "matchExpressions").map((expression) => ({
      key: textAt(expression, "key"),
      operator: textAt(expression, "operator"),
      values: textsAt(expression, "values"),
    })),
  };
}

function namedExpression(named: unknown): NamedExpression {
  return { name: textAt(named, "name"), expression: textAt(named, "expression") };
}
