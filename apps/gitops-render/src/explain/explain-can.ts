import { describeResource, listAt, nearestName, textAt } from "@plinth/core";
import {
  authorizerOf,
  describeRule,
  describeSubject,
  type ResourceRequest,
  type SubjectName,
  subjectOf,
} from "@plinth/rbac";
import type { Explained, Explanation, NotAnswered } from "./explanation.ts";
import { placeOf } from "./places.ts";

/** Who, what, where. */
export interface CanQuestion {
  /** `group:backend-developers`, `user:anna@example.com`, `serviceaccount:team-backend/checkout`; a name alone is a group's. */
  readonly subject: string;
  readonly verb: string;
  /** As `kubectl auth can-i` takes it: `pods`, `pods/log`, `deployments.apps`, `deployments.apps/scale`. */
  readonly resource: string;
  readonly name?: string;
  /** @default the whole cluster */
  readonly namespace?: string;
}

/**
 * Whether somebody may do something, and the binding, the role and the rule that say so; for a refusal, where they may.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function explainCan(explained: Explained, question: CanQuestion): Explanation | NotAnswered {
  const subject = subjectNamed(question.subject);
  if (subject === undefined)
    return {
      problem: `${JSON.stringify(question.subject)} is nobody`,
      expected: "group:<name>, user:<name> or serviceaccount:<namespace>/<name>",
      example: "group:team-backend-developers",
    };
  const { environment, objects, platform } = explained;
  const authorize = authorizerOf(objects.map(({ resource }) => resource));
  const request = requestOf(question);
  const asked = subjectOf(subject);
  const decision = authorize(asked, request);
  const act = `${question.verb} ${question.resource}${question.name === undefined ? "" : ` ${question.name}`}`;
  const place = question.namespace === undefined ? "in the whole cluster" : `in ${question.namespace}`;
  const sentence = (may: string): string => `${describeSubject(subject)} ${may} ${act} ${place} of ${environment.name}`;
  if (!decision.allowed) {
    const elsewhere = platform.teams
      .map(({ namespace }) => String(namespace))
      .filter((namespace) => namespace !== question.namespace && authorize(asked, { ...request, namespace }).allowed);
    return {
      answer: "no",
      summary: sentence("may not"),
      reasons: [
        "no binding gives a rule that allows it",
        ...(elsewhere.length === 0 ? [] : [`they may in ${elsewhere.join(", ")}`]),
        ...unknownSubject(explained, subject),
      ],
      places: [],
    };
  }
  if (decision.because === "system:masters")
    return {
      answer: "yes",
      summary: sentence("may"),
      reasons: ["system:masters passes before RBAC is asked"],
      places: [],
    };
  const { binding, role, rule } = decision.because;
  return {
    answer: "yes",
    summary: sentence("may"),
    reasons: [
      `by ${describeResource(binding)}`,
      `which gives ${describeResource(role)}`,
      `whose rule is: ${describeRule(rule)}`,
    ],
    places: [binding, role].flatMap((resource) => placeOf(explained, resource) ?? []),
  };
}

/** Nobody whom a binding names may have been written with a slip. */
function unknownSubject({ objects }: Explained, { kind, name, namespace }: SubjectName): readonly string[] {
  const names = new Set(
    objects.flatMap(({ resource }) =>
      listAt(resource, "subjects")
        .filter((subject) => textAt(subject, "kind") === kind && textAt(subject, "namespace") === (namespace ?? ""))
        .map((subject) => textAt(subject, "name")),
    ),
  );
  if (names.has(name)) return [];
  const near = nearestName(name, [...names]);
  return [
    `no binding names ${describeSubject({ kind, name, ...(namespace === undefined ? {} : { namespace }) })}${near === undefined ? "" : `; did you mean ${near}?`}`,
  ];
}

function requestOf({ verb, resource, namespace, name }: CanQuestion): ResourceRequest {
  const [kind = "", subresource] = resource.split("/");
  const [plural = "", ...group] = kind.split(".");
  return {
    verb,
    apiGroup: group.join("."),
    resource: subresource === undefined ? plural : `${plural}/${subresource}`,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  };
}

const kinds: Readonly<Record<string, SubjectName["kind"]>> = {
  group: "Group",
  user: "User",
  serviceaccount: "ServiceAccount",
  sa: "ServiceAccount",
};

function subjectNamed(text: string): SubjectName | undefined {
  const [, said = "group", name = ""] = /^(?:(\w+):)?(.+)$/.exec(text) ?? [];
  const kind = Object.hasOwn(kinds, said) ? kinds[said] : undefined;
  // `system:masters` is a group's name, not a kind of subject.
  if (text === "") return undefined;
  if (kind === undefined) return { kind: "Group", name: text };
  if (kind !== "ServiceAccount") return { kind, name };
  const [namespace = "", account] = name.split("/");
  return account === undefined || account === "" || namespace === "" ? undefined : { kind, name: account, namespace };
}
