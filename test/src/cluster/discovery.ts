import { fieldAt, isRecord } from "@plinth/core";

/** How the API server serves a kind. */
export interface ServedKind {
  /** The plural in paths: `deployments`. */
  resource: string;
  namespaced: boolean;
}

/** The kinds of one group and version, by kind. */
export type KindsOfVersion = ReadonlyMap<string, ServedKind>;

/** Where the API server lists the kinds of a group and version. */
export function discoveryPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** Reads an `APIResourceList`. Subresources (`pods/status`) are left out. */
export function parseKinds(body: unknown): KindsOfVersion {
  const resources = fieldAt(body, "resources");
  if (!Array.isArray(resources)) return new Map();
  return new Map(
    resources.filter(isRecord).flatMap(({ kind, name, namespaced }): [string, ServedKind][] => {
      if (typeof kind !== "string" || typeof name !== "string" || name.includes("/")) return [];
      return [[kind, { resource: name, namespaced: namespaced === true }]];
    }),
  );
}

/**
 * The path of a collection, or of one object in it.
 *
 * @example
 * objectPath("apps/v1", { resource: "deployments", namespaced: true }, "team-data", "accounting");
 * // "/apis/apps/v1/namespaces/team-data/deployments/accounting"
 */
export function objectPath(apiVersion: string, served: ServedKind, namespace?: string, name?: string): string {
  const scope = served.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  const last = name === undefined ? "" : `/${encodeURIComponent(name)}`;
  return `${discoveryPath(apiVersion)}${scope}/${served.resource}${last}`;
}
