import type { Finding } from "@plinth/core";

/** The name of the file that lists what a folder of derived schemas holds. */
export const indexFile = "index.json";

/** The file of a kind's schema in a folder of derived schemas: `apps/deployment_v1.json`, `v1/configmap_v1.json`. */
export function schemaFile(apiVersion: string, kind: string): string {
  return fillTemplate("{{ .Group }}/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json", apiVersion, kind);
}

/** kubeconform's template for a folder of derived schemas. Braces of the folder's own name are escaped. */
export function folderTemplate(folder: string): string {
  const escaped = folder.replaceAll("{{", '{{ "{{" }}');
  return `${escaped}/{{ .Group }}/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json`;
}

/**
 * A schema location with its variables filled in as kubeconform fills them (pkg/registry/registry.go), for a strict run
 * against the `master` version. Template actions other than these variables stay as they are.
 */
export function fillTemplate(template: string, apiVersion: string, kind: string): string {
  const parts = apiVersion.split("/");
  const [group = ""] = parts;
  const version = parts.at(-1) ?? "";
  const shortGroup = (group.split(".")[0] ?? "").toLowerCase();
  const variables: Readonly<Record<string, string>> = {
    NormalizedKubernetesVersion: "master",
    StrictSuffix: "-strict",
    ResourceKind: kind.toLowerCase(),
    ResourceAPIVersion: version,
    Group: group,
    KindSuffix: parts.length > 1 ? `-${shortGroup}-${(parts[1] ?? "").toLowerCase()}` : `-${shortGroup}`,
  };
  return template
    .replaceAll(/\{\{-?\s*\.(\w+)\s*-?\}\}/g, (action, name: string) => variables[name] ?? action)
    .replaceAll('{{ "{{" }}', "{{");
}

/** What keeps kubeconform from reading schemas at a location, or from staying offline; `undefined` when nothing does. */
export function locationFinding(location: string): Finding | undefined {
  const refuse = (message: string, hint: string): Finding => ({
    code: "tool-failed",
    severity: "error",
    message,
    hint,
  });
  if (/^(https?:|default$)/i.test(location)) {
    return refuse(
      `the schema location ${location} is not on this machine`,
      "Derive schemas with deriveSchemas and pass their folder: validation is offline.",
    );
  }
  // kubeconform takes the path for a URL: it cuts at '#' and decodes '%'.
  if (/#|%(?![0-9A-Fa-f]{2})/.test(location)) {
    return refuse(
      `kubeconform cannot read schemas from ${location}: '#' and '%' in the path mean something else to it`,
      "Keep the schemas in a folder without '#' and '%' in its path.",
    );
  }
  if (location.includes("{{") && !location.endsWith("json")) {
    return refuse(
      `the schema location ${location} does not end with "json", and kubeconform would add a path of its own`,
      "End the template with .json.",
    );
  }
  return undefined;
}
