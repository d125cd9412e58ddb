import type { ServiceInput } from "../model/service.ts";
import { isRecord } from "../plain-data.ts";
import { promisesFromCatalog } from "./promises-from-catalog.ts";
import { portsFromText, serviceInput, text, texts } from "./reading.ts";

/** Annotations in which a Backstage component says what Backstage has no field for. */
export const backstageAnnotations = {
  tier: "plinth.dev/tier",
  language: "plinth.dev/language",
  ports: "plinth.dev/ports",
  environments: "plinth.dev/environments",
  promises: "plinth.dev/promises",
} as const;

// Lifecycles that Backstage's documentation names, and what they are here.
const lifecycles: Readonly<Record<string, string>> = {
  experimental: "experimental",
  production: "production",
  deprecated: "deprecated",
};

/**
 * The service that a Backstage entity describes; none for kinds that are no service (API, Group, System …); `undefined` for what is no entity.
 */
export function backstageService(document: unknown): ServiceInput[] | undefined {
  if (!isRecord(document) || !text(document["apiVersion"])?.startsWith("backstage.io/")) return undefined;
  if (document["kind"] !== "Component") return [];
  const metadata = isRecord(document["metadata"]) ? document["metadata"] : {};
  const spec = isRecord(document["spec"]) ? document["spec"] : {};
  if (spec["type"] !== undefined && spec["type"] !== "service") return [];
  const annotations = isRecord(metadata["annotations"]) ? metadata["annotations"] : {};
  const dependsOn = texts(spec["dependsOn"]);
  const lifecycle = text(spec["lifecycle"]);
  const environments = text(annotations[backstageAnnotations.environments]);
  return [
    serviceInput({
      name: text(metadata["name"]),
      team: reference(text(spec["owner"])),
      description: text(metadata["description"])?.trim().split("\n")[0],
      tier: text(annotations[backstageAnnotations.tier]),
      lifecycle: lifecycle === undefined ? undefined : (lifecycles[lifecycle] ?? lifecycle),
      language: text(annotations[backstageAnnotations.language]),
      ports: portsFromText(text(annotations[backstageAnnotations.ports])),
      calls: dependsOn.filter((entry) => entry.startsWith("component:")).map(reference),
      stores: dependsOn.filter((entry) => entry.startsWith("resource:")).map(reference),
      environments: environments?.split(",").map((name) => name.trim()),
      promises: promisesFromCatalog(annotations[backstageAnnotations.promises]),
    }),
  ];
}

/** `group:default/backend` and `backend` name the same entity. */
function reference<Text extends string | undefined>(entity: Text): Text | string {
  return entity === undefined ? entity : entity.replace(/^[a-z]+:/i, "").replace(/^[^/]+\//, "");
}
