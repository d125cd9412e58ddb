import { fieldAt } from "@plinth/core";
import type { ApiConnection, Identity } from "./api-connection.ts";
import { ClusterError } from "./cluster-error.ts";

/** A question about permissions: may this identity do this? Either about a resource or about a path such as `/healthz`. */
export type AccessQuestion = Identity & { verb: string } & (ResourceQuestion | PathQuestion);

/** What the question is about, when it is about objects. */
export interface ResourceQuestion {
  /** The plural: `deployments`, or `*`. */
  resource: string;
  /** API group; empty for the core group. @default "" */
  group?: string;
  /** Left out: any version. */
  version?: string;
  /** `log`, `exec`, `status`, `scale`, … */
  subresource?: string;
  /** Left out: cluster-wide, or in every namespace. */
  namespace?: string;
  /** Left out: any object of the kind. */
  name?: string;
}

/** What the question is about, when it is not about objects. */
export interface PathQuestion {
  path: string;
}

/** What the authorizer says. */
export interface AccessAnswer {
  allowed: boolean;
  /** The rule that allows it, in the server's words: `RBAC: allowed by RoleBinding "developers/team-data" …`. */
  reason: string;
  /** Set when something the authorizer had to read is broken, such as a binding to a role that does not exist. */
  error?: string;
}

const path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

/**
 * Asks the API server's own authorizer by a SubjectAccessReview, for any identity.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authorization/
 */
export async function reviewAccess(
  { send }: Pick<ApiConnection, "send">,
  question: AccessQuestion,
): Promise<AccessAnswer> {
  const body = { apiVersion: "authorization.k8s.io/v1", kind: "SubjectAccessReview", spec: specOf(question) };
  const response = await send({ method: "POST", path, body });
  const allowed = fieldAt(response.body, "status", "allowed");
  if (response.status !== 201 || typeof allowed !== "boolean") {
    throw new ClusterError(
      `The question ${JSON.stringify(question)} was not answered: ${JSON.stringify(response.body)}`,
    );
  }
  const reason = fieldAt(response.body, "status", "reason");
  const error = fieldAt(response.body, "status", "evaluationError");
  return {
    allowed,
    reason: typeof reason === "string" ? reason : "",
    ...(typeof error === "string" && error !== "" ? { error } : {}),
  };
}

function specOf(question: AccessQuestion): object {
  const { user, groups = [], verb } = question;
  const who = { user, groups };
  if ("path" in question) return { ...who, nonResourceAttributes: { path: question.path, verb } };
  const { resource, group = "", version, subresource, namespace, name } = question;
  return { ...who, resourceAttributes: { verb, group, resource, version, subresource, namespace, name } };
}
