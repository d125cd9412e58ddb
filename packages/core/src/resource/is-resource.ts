import { isRecord } from "../plain-data.ts";
import type { Resource } from "./resource.ts";

/**
 * True for what is an object of Kubernetes by its shape: with apiVersion, kind and a name, and with a namespace that is a text where there is one.
 *
 * @example
 * isResource({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" } }); // true
 * isResource({ replicas: 3 }); // false: a file of values
 */
export function isResource(value: unknown): value is Resource {
  if (!isRecord(value) || typeof value["apiVersion"] !== "string" || typeof value["kind"] !== "string") return false;
  const { metadata } = value;
  if (!isRecord(metadata) || typeof metadata["name"] !== "string" || metadata["name"] === "") return false;
  return metadata["namespace"] === undefined || typeof metadata["namespace"] === "string";
}
