import type { Resource } from "@plinth/core";
import { type AdmissionRequest, type ReviewedRequest, reviewedRequest } from "./admission-request.ts";
import { type CelNames, CelProblem, type CelProgram, celProgram } from "./cel-program.ts";
import { celValue } from "./cel-value.ts";
import { type Reading, readAs, scopeOf } from "./policy-scope.ts";
import { type NamedExpression, type PolicyText, policyText } from "./policy-text.ts";

/** What a policy says about an object. */
export type PolicyVerdict =
  | { readonly result: "pass" }
  /** It has been found fault with: what is said about it. */
  | { readonly result: "fail"; readonly messages: readonly string[] }
  /** The policy does not look at it. */
  | { readonly result: "skip"; readonly because: string }
  /** The policy cannot tell: a field is not there, or an expression is none. A policy that refuses refuses then, too. */
  | { readonly result: "error"; readonly problems: readonly string[] };

/** Asks one policy about objects. */
export type PolicyEvaluator = (object: Resource, request?: AdmissionRequest) => PolicyVerdict;

/**
 * Makes a policy object ready to be asked, without a cluster: a ValidatingPolicy of Kyverno, with the rules that Kyverno derives for controllers of pods, or a
 * ValidatingAdmissionPolicy. Nothing is thrown: what cannot be evaluated is an `error`.
 *
 * The object is judged as it is given: what the API server would fill in is not there. `params` and `authorizer` are names that only a cluster knows.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 *
 * @example
 * const [policy] = validatingPolicies(disallowHostPath, { audit: [], enforce: ["team-data"] });
 * if (policy !== undefined) policyEvaluator(policy)({ apiVersion: "v1", kind: "Pod", metadata: { name: "cart", namespace: "team-data" }, spec: { containers: [] } });
 */
export function policyEvaluator(policy: Resource): PolicyEvaluator {
  return textEvaluator(policyText(policy));
}

/** The same of the part of a policy object that decides. `program` makes its expressions ready: somebody who asks many texts alike need not parse each again. */
export function textEvaluator(
  text: PolicyText,
  program: (expression: string) => CelProgram = celProgram,
): PolicyEvaluator {
  const programs = new Map<Reading, PolicyPrograms>();
  return (object, request = {}) => {
    const reviewed = reviewedRequest(object, request);
    try {
      const { reading, because } = scopeOf(text, reviewed);
      if (reading === undefined) return { result: "skip", because };
      const ready = programs.get(reading) ?? policyPrograms(readAs(text, reading), program);
      programs.set(reading, ready);
      return verdictOf(ready, namesOf(reviewed, ready.variables));
    } catch (error) {
      // A selector with an operator that Kubernetes does not know.
      if (error instanceof RangeError) return { result: "error", problems: [error.message] };
      throw error;
    }
  };
}

interface NamedProgram {
  readonly name: string;
  readonly program: CelProgram;
}

interface PolicyPrograms {
  readonly matchConditions: readonly NamedProgram[];
  readonly variables: readonly NamedProgram[];
  readonly validations: readonly {
    readonly holds: CelProgram;
    readonly says: CelProgram | undefined;
    /** What is said where the message cannot be made. */
    readonly otherwise: string;
  }[];
}

function policyPrograms(
  { matchConditions, variables, validations }: PolicyText,
  program: (expression: string) => CelProgram,
): PolicyPrograms {
  const ready = ({ name, expression }: NamedExpression): NamedProgram => ({ name, program: program(expression) });
  return {
    matchConditions: matchConditions.map(ready),
    variables: variables.map(ready),
    validations: validations.map(({ expression, messageExpression, message }) => ({
      holds: program(expression),
      says: messageExpression === undefined ? undefined : program(messageExpression),
      otherwise: message ?? `failed expression: ${expression.trim()}`,
    })),
  };
}

function namesOf(request: ReviewedRequest, variables: readonly NamedProgram[]): CelNames {
  const { operation, group, version, resource, namespace, namespaceLabels, subject, userInfo } = request;
  const values = {};
  const names: CelNames = {
    object: celValue(request.object),
    oldObject: celValue(request.oldObject),
    request: celValue({
      operation,
      name: subject.metadata.name,
      ...(namespace === undefined ? {} : { namespace }),
      kind: { group, version, kind: subject.kind },
      resource: { group, version, resource },
      userInfo,
      dryRun: false,
    }),
    namespaceObject:
      namespace === undefined ? null : celValue({ metadata: { name: namespace, labels: namespaceLabels } }),
    variables: values,
  };
  for (const { name, program } of variables) defineLazily(values, name, () => valueOfVariable(program, names, name));
  return names;
}

/** A variable is worth nothing until somebody reads it: one that nobody reads cannot fail. */
function defineLazily(values: object, name: string, value: () => unknown): void {
  let isAsked = false;
  const get = (): unknown => {
    if (isAsked) throw new CelProblem(`variables.${name}: it reads itself`);
    isAsked = true;
    let found: unknown;
    try {
      found = value();
    } finally {
      isAsked = false;
    }
    Object.defineProperty(values, name, { value: found, enumerable: true });
    return found;
  };
  Object.defineProperty(values, name, { get, enumerable: true, configurable: true });
}

function valueOfVariable(program: CelProgram, names: CelNames, name: string): unknown {
  const { value, problem } = program(names);
  if (problem !== undefined)
    throw new CelProblem(problem.startsWith("variables.") ? problem : `variables.${name}: ${problem}`);
  return value;
}

function verdictOf({ matchConditions, validations }: PolicyPrograms, names: CelNames): PolicyVerdict {
  const unmet: string[] = [];
  const problems: string[] = [];
  for (const { name, program } of matchConditions) {
    const { value, problem } = program(names);
    if (value === false) unmet.push(name);
    else if (value !== true) problems.push(`matchConditions[${name}]: ${problem ?? "is neither true nor false"}`);
  }
  // One condition that does not hold decides, whatever became of the others.
  if (unmet.length > 0) return { result: "skip", because: `the condition ${unmet.join(", ")} does not hold` };
  if (problems.length > 0) return { result: "error", problems };
  const messages: string[] = [];
  validations.forEach(({ holds, says, otherwise }, index) => {
    const { value, problem } = holds(names);
    if (value === false) messages.push(messageOf(says, names) ?? otherwise);
    else if (value !== true) problems.push(`validations[${index}]: ${problem ?? "is neither true nor false"}`);
  });
  if (problems.length > 0) return { result: "error", problems };
  return messages.length > 0 ? { result: "fail", messages } : { result: "pass" };
}

/** The API server leaves a message that is no text, or none on one line, and says the other one. */
function messageOf(says: CelProgram | undefined, names: CelNames): string | undefined {
  const value = says?.(names).value;
  return typeof value === "string" && value.trim() !== "" && !/[\n\r]/.test(value) ? value.trim() : undefined;
}
