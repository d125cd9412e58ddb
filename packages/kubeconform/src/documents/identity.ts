import { load } from "js-yaml";
import { isJsonObject, type JsonObject } from "../schemas/json-schema.ts";

/**
 * An object by its version, kind, namespace and name, as far as it has them: `apps/v1/Deployment team-data/accounting`.
 *
 * @example
 * identify({ apiVersion: "v1", kind: "Namespace", metadata: { name: "team-data" } }); // "v1/Namespace team-data"
 */
export function identify(value: unknown): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const metadata = isJsonObject(value["metadata"]) ? value["metadata"] : {};
  const type = [value["apiVersion"], value["kind"]].filter(isText).join("/");
  const name = [metadata["namespace"], metadata["name"] ?? metadata["generateName"]].filter(isText).join("/");
  const identity = [type, name].filter(isText).join(" ");
  return identity === "" ? undefined : identity;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** kubeconform's name of an object, `apps/v1/Deployment/team-data/accounting`, in the words of `identify`. */
export function identifyQualifiedName(qualifiedName: string): string | undefined {
  const parts = qualifiedName.split("/");
  // Only the core group's versions stand without a group.
  const typeParts = /^v\d/.test(qualifiedName) ? 1 : 2;
  const [kind, namespace, ...name] = parts.slice(typeParts);
  const apiVersion = parts.slice(0, typeParts).filter(isText).join("/");
  return identify({
    apiVersion,
    kind,
    metadata: { namespace, name: name.join("/").replace("{{ generateName }}", "") },
  });
}

/** The objects of a YAML or JSON document, the items of a List instead of the List; none when it cannot be read. */
export function objectsOf(content: Buffer): unknown[] {
  try {
    // Double keys are the judge's to refuse; here the object only gets its name.
    const value: unknown = load(content.toString("utf8"), { json: true });
    if (!isList(value)) return [value];
    return Array.isArray(value["items"]) ? value["items"] : [];
  } catch {
    return [];
  }
}

/** True for a List, which kubeconform takes apart. It compares the kind without regard to case. */
export function isList(value: unknown): value is JsonObject {
  return isJsonObject(value) && typeof value["kind"] === "string" && value["kind"].toLowerCase() === "list";
}
