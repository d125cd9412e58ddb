import { fieldAt, isRecord } from "@plinth/core";
import { isKubernetesObject, type KubernetesObject } from "./kubernetes-object.ts";

/** What the API server said to a request that asks for an object to be stored, changed or removed. */
export type Answer = Accepted | Refused;

/** The server did it, or, on a dry run, would have. */
export interface Accepted {
  accepted: true;
  /** The object as the server holds it now, defaults filled in. */
  object: KubernetesObject;
  /** What the server warns of: deprecated versions, violated Pod Security levels that only warn, unknown fields. */
  warnings: readonly string[];
}

/** The server refused. */
export interface Refused {
  accepted: false;
  /** The HTTP status: 422 for an invalid object, 403 for one that admission or permissions refuse, 404, 409, … */
  status: number;
  /** The reason as one word: `Invalid`, `Forbidden`, `NotFound`, … */
  reason: string;
  message: string;
  /** Each field that is wrong, where the server names them. */
  causes: readonly Cause[];
  warnings: readonly string[];
}

/** One wrong field. */
export interface Cause {
  /** Dotted path: `spec.containers[0].image`. */
  field: string;
  reason: string;
  message: string;
}

/** An HTTP response of the API server, read whole. */
export interface ApiResponse {
  status: number;
  body: unknown;
  warnings: readonly string[];
}

/**
 * Reads a response to a request about one object. A refusal is a `Status` object.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/
 */
export function readAnswer({ status, body, warnings }: ApiResponse): Answer {
  if (status < 300 && isKubernetesObject(body)) return { accepted: true, object: body, warnings };
  return {
    accepted: false,
    status,
    reason: textAt(body, "reason") ?? "Unknown",
    message: messageOf(status, body),
    causes: causesOf(body),
    warnings,
  };
}

function messageOf(status: number, body: unknown): string {
  const message = textAt(body, "message");
  if (message !== undefined) return message;
  return typeof body === "string" && body.trim() !== ""
    ? body.trim()
    : `the API server answered ${status} and nothing else`;
}

function causesOf(body: unknown): Cause[] {
  const causes = fieldAt(body, "details", "causes");
  if (!Array.isArray(causes)) return [];
  return causes.filter(isRecord).map((cause) => ({
    field: textAt(cause, "field") ?? "",
    reason: textAt(cause, "reason") ?? "",
    message: textAt(cause, "message") ?? "",
  }));
}

function textAt(value: unknown, field: string): string | undefined {
  const text = fieldAt(value, field);
  return typeof text === "string" && text !== "" ? text : undefined;
}

/**
 * The texts of `Warning` headers, joined by Node with commas: `299 - "spec.x is deprecated"`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9111#section-5.5 and https://kubernetes.io/blog/2020/09/03/warnings/
 */
export function parseWarnings(header: string | readonly string[] | undefined): string[] {
  if (header === undefined) return [];
  const text = typeof header === "string" ? header : header.join(", ");
  return [...text.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, quoted = ""]) => quoted.replace(/\\(.)/g, "$1"));
}
