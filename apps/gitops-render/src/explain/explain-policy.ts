import { describeResource, fieldAt, listAt, once, type Resource, textAt } from "@plinth/core";
import { type AdmissionRequest, type PolicyEvaluator, type PolicyVerdict, policyEvaluator } from "@plinth/policies";
import type { Explained, ExplainedObject, Explanation } from "./explanation.ts";
import { placeOfObject } from "./places.ts";

/** Policies and what they say of one object. */
interface Verdict {
  readonly policy: ExplainedObject;
  readonly action: "refuses" | "warns" | "reports";
  readonly verdict: Exclude<PolicyVerdict, { readonly result: "skip" | "pass" }>;
  /** What lets it pass all the same. */
  readonly exception?: Resource;
}

/**
 * What the admission policies of an environment say of somebody's manifest, evaluated in this process: by the policies as they are rendered, with their
 * exceptions. The manifest is judged as it is written: what the API server and mutating policies would fill in is not there.
 *
 * @param namespace Where it goes when the manifest does not say.
 * @param today The day, `2026-12-31`: an exception that has ended excepts nothing.
 * @see https://kyverno.io/docs/policy-types/validating-policy/
 */
export function explainPolicy(
  explained: Explained,
  object: Resource,
  { namespace, today }: { readonly namespace?: string; readonly today: string },
): Explanation {
  const request = requestFor(explained, object, namespace);
  const policies = explained.objects.filter(({ resource }) => resource.kind === "ValidatingPolicy");
  const exceptions = explained.objects.filter(({ resource }) => resource.kind === "PolicyException");
  const mutating = explained.objects.filter(({ resource }) => resource.kind === "MutatingPolicy").length;
  let asked = 0;
  const found = policies.flatMap((policy): Verdict[] => {
    const verdict = evaluatorOf(policy.resource)(object, request);
    if (verdict.result === "skip") return [];
    asked++;
    if (verdict.result === "pass") return [];
    const exception = exceptions.find(({ resource }) => excepts(resource, policy.resource, object, request, today));
    return [
      {
        policy,
        action: actionOf(policy.resource),
        verdict,
        ...(exception === undefined ? {} : { exception: exception.resource }),
      },
    ];
  });
  const named = `${describeResource(object)}${request.namespace === undefined ? "" : ` in ${request.namespace}`}`;
  const refusing = found.filter(({ action, exception }) => action === "refuses" && exception === undefined);
  return {
    answer: refusing.length > 0 ? "no" : "yes",
    summary:
      refusing.length > 0
        ? `${explained.environment.name} refuses ${named}: ${refusing.length} of ${asked} policies`
        : `${explained.environment.name} takes ${named}: none of ${asked} policies refuses it`,
    reasons: [
      ...found.toSorted((a, b) => weight(b) - weight(a)).flatMap(verdictLines),
      ...(mutating === 0
        ? []
        : [`judged as it is written: what ${mutating} mutating policies would fill in is not there`]),
    ],
    places: (refusing.length > 0 ? refusing : found).map(({ policy }) => placeOfObject(explained, policy)),
  };
}

/** A policy is made ready once, however many manifests are asked about. */
const evaluatorOf: (policy: Resource) => PolicyEvaluator = once(policyEvaluator);

/** The object as it would come from `kubectl apply`: to its namespace, with the labels that the namespace has. */
function requestFor({ objects }: Explained, object: Resource, namespace: string | undefined): AdmissionRequest {
  const where = object.metadata.namespace ?? namespace;
  const labels = objects.find(({ resource }) => resource.kind === "Namespace" && resource.metadata.name === where)
    ?.resource.metadata.labels;
  return {
    ...(where === undefined ? {} : { namespace: where }),
    ...(labels === undefined ? {} : { namespaceLabels: labels }),
  };
}

const actions: Readonly<Record<string, Verdict["action"]>> = { Deny: "refuses", Warn: "warns", Audit: "reports" };

/** What refuses is told first. */
function weight({ action, exception }: Verdict): number {
  return exception !== undefined ? 0 : { refuses: 3, warns: 2, reports: 1 }[action];
}

function actionOf({ spec }: Resource): Verdict["action"] {
  const [action] = listAt(spec, "validationActions");
  return (typeof action === "string" ? actions[action] : undefined) ?? "reports";
}

/** Whether an exception is about this object and this policy. Its conditions are asked as if they were a policy's. */
function excepts(
  exception: Resource,
  policy: Resource,
  object: Resource,
  request: AdmissionRequest,
  today: string,
): boolean {
  const refers = listAt(exception["spec"], "policyRefs").some(
    (reference) => textAt(reference, "name") === policy.metadata.name && textAt(reference, "kind") === policy.kind,
  );
  const ends = textAt(exception["spec"], "expiresAt");
  if (!refers || (ends !== "" && ends.slice(0, 10) <= today)) return false;
  const conditions = listAt(exception["spec"], "matchConditions").map((condition) => ({
    expression: textAt(condition, "expression"),
  }));
  const asPolicy: Resource = {
    ...policy,
    spec: {
      matchConstraints: fieldAt(policy["spec"], "matchConstraints"),
      validations: conditions,
    },
  };
  return policyEvaluator(asPolicy)(object, request).result === "pass";
}

function verdictLines({ policy, action, verdict, exception }: Verdict): readonly string[] {
  const { name } = policy.resource.metadata;
  const title = textAt(policy.resource.metadata.annotations, "policies.kyverno.io/title");
  const said =
    verdict.result === "fail" ? verdict.messages : verdict.problems.map((problem) => `cannot be told: ${problem}`);
  return [
    `${exception === undefined ? action : "would say something"}: ${name}${title === "" ? "" : ` (${title})`}`,
    ...said.map((line) => `  ${line}`),
    ...(exception === undefined ? [] : [`  excepted by ${describeResource(exception)}${until(exception)}`]),
  ];
}

function until(exception: Resource): string {
  const ends = textAt(exception["spec"], "expiresAt");
  const reason = textAt(exception["spec"], "properties", "reason");
  return `${ends === "" ? "" : ` until ${lastDay(ends)}`}${reason === "" ? "" : `: ${reason}`}`;
}

/** It ends with the first moment of a day; the day before is the last one on which it holds. */
function lastDay(ends: string): string {
  return new Date(Date.parse(ends) - 1).toISOString().slice(0, 10);
}
