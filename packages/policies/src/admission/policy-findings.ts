import { type Finding, isDnsLabel } from "@plinth/core";
import { celLiteral } from "./cel.ts";
import { type CelText, readCel } from "./cel-text.ts";
import { fieldFindings } from "./field-findings.ts";
import { standardVariables } from "./match.ts";
import { matchFindings } from "./match-findings.ts";
import { type AnyPolicy, messageOf } from "./policy.ts";
import { policyObjectName } from "./validating-policy.ts";

// Kyverno labels its reports with `vpol.kyverno.io/<policy>`, and the part of a label key behind the slash has 63 characters.
const MAX_NAME = 63;

// A message that the API server would cut or refuse: k8s.io/apiserver, ValidatingAdmissionPolicy messageExpression.
const MAX_MESSAGE_BYTES = 5 * 1024;

/**
 * What is wrong with policies as they are written, before any tool reads them: names, CEL that does not close, variables that nobody defines, reads
 * that Kyverno cannot rewrite for controllers, texts that it would rewrite, fields that the kind does not have, objects of other kinds, and policies that are
 * tried on nothing.
 *
 * @example
 * policyFindings(policyCatalog); // []
 */
export function policyFindings(policies: readonly AnyPolicy[]): readonly Finding[] {
  const names = new Set<string>();
  return policies.flatMap((policy) => {
    const duplicate: Finding[] = names.has(policy.name)
      ? [
          {
            ...about(policy, "name"),
            code: "duplicate-name",
            message: `two policies are named ${JSON.stringify(policy.name)}`,
            expected: "a name that no other policy has",
          },
        ]
      : [];
    names.add(policy.name);
    return [
      ...duplicate,
      ...nameFindings(policy),
      ...findingsOf(policy),
      ...policy.findings,
      ...policy.variants.flatMap((variant) => findingsOf(variant)),
    ];
  });
}

function findingsOf(policy: AnyPolicy): Finding[] {
  return [
    ...textFindings(policy),
    ...celFindings(policy),
    ...fixtureFindings(policy),
    ...matchFindings(policy),
    ...fieldFindings(policy),
  ];
}

function about(policy: AnyPolicy, field: string): Pick<Finding, "code" | "severity" | "path"> {
  return { code: "invalid-field", severity: "error", path: `policies[${policy.name}].${field}` };
}

function nameFindings(policy: AnyPolicy): Finding[] {
  const longest = policyObjectName(policy, "enforce");
  if (isDnsLabel(policy.name) && longest.length <= MAX_NAME) return [];
  return [
    {
      ...about(policy, "name"),
      message: `is ${JSON.stringify(policy.name)}`,
      expected: `a DNS label of at most ${MAX_NAME - longest.length + policy.name.length} characters: Kyverno labels its reports with it`,
      example: '"disallow-host-ports"',
    },
  ];
}

function textFindings(policy: AnyPolicy): Finding[] {
  return (["title", "why", "fix"] as const).flatMap((field): Finding[] => {
    const text = policy[field];
    if (text.trim() === "" || /[\n\r]/.test(text))
      return [{ ...about(policy, field), message: `is ${JSON.stringify(text)}`, expected: "one line" }];
    if (field !== "title" && !text.endsWith("."))
      return [{ ...about(policy, field), message: "does not end with a full stop", expected: "a sentence" }];
    return [];
  });
}

function celFindings(policy: AnyPolicy): Finding[] {
  const defined = new Set(Object.keys(standardVariables[policy.match.kind]));
  const expressions = [
    ...Object.entries(policy.variables).map(
      ([name, { expression }]) => [name, `variables.${name}`, expression] as const,
    ),
    ["offenders", "offenders", policy.offenders.expression] as const,
  ];
  const findings = expressions.flatMap(([name, field, expression]): Finding[] => {
    const text = readCel(expression);
    const unknown = text.variables.filter((variable) => !defined.has(variable));
    const taken = defined.has(name) || name === "unchanged";
    defined.add(name);
    return [
      ...(taken
        ? [
            {
              ...about(policy, field),
              code: "duplicate-name" as const,
              message: `a variable ${name} is there already`,
              expected: "a name of its own",
            },
          ]
        : []),
      ...text.problems.map(
        (problem): Finding => ({
          ...about(policy, field),
          code: "invalid-expression",
          message: problem,
          expected: "a CEL expression",
        }),
      ),
      ...unknown.map(
        (variable): Finding => ({
          ...about(policy, field),
          code: "unknown-reference",
          message: `there is no variable ${variable} before it`,
          expected: `one of ${[...defined].join(", ")}`,
        }),
      ),
      ...autogenFindings(policy, field, text),
    ];
  });
  const message = autogenFindings(policy, "fix", readCel(celLiteral(policy.fix)));
  return [...findings, ...message];
}

const rewritten = /object\.(spec|metadata)/i;
const rewritable: ReadonlySet<string> = new Set([
  "object.spec",
  "object.metadata",
  "oldObject.spec",
  "oldObject.metadata",
]);

/** Kyverno derives the rules for controllers by rewriting `object.spec` and `object.metadata` wherever they stand, and nothing else. */
function autogenFindings(policy: AnyPolicy, field: string, text: CelText): Finding[] {
  if (policy.match.controllers.length === 0) return [];
  return [
    ...text.literals
      .filter((literal) => rewritten.test(literal))
      .map(
        (literal): Finding => ({
          ...about(policy, field),
          code: "invalid-expression",
          message: `the text ${literal} would be rewritten for controllers`,
          expected: "the field without object before it",
          example: "securityContext.privileged",
        }),
      ),
    ...text.objectPaths
      .filter((path) => !rewritable.has(path))
      .map(
        (path): Finding => ({
          ...about(policy, field),
          code: "invalid-expression",
          message: `${path} would be read from the controller, not from its template`,
          expected: `one of ${[...rewritable].join(", ")}`,
        }),
      ),
  ];
}

function fixtureFindings(policy: AnyPolicy): Finding[] {
  const missing = (["good", "bad"] as const)
    .filter((field) => policy[field].length === 0)
    .map(
      (field): Finding => ({
        ...about(policy, field),
        message: "is empty",
        expected: "at least one object that the policy is tried on",
        example: `${field}: [${field === "good" ? "pod()" : 'violation(pod({ hostPID: true }), "hostPID is true")'}]`,
      }),
    );
  const long = policy.bad.flatMap(({ offenders }, index): Finding[] => {
    const bytes = Buffer.byteLength(messageOf(policy, offenders));
    return bytes <= MAX_MESSAGE_BYTES
      ? []
      : [
          {
            ...about(policy, `bad[${index}]`),
            message: `the message has ${bytes} bytes`,
            expected: `at most ${MAX_MESSAGE_BYTES}`,
          },
        ];
  });
  return [...missing, ...long];
}
