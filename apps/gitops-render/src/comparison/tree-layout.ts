import { type IndexEntry, indexPath } from "@plinth/core";

// What clusters read, by the first folder of a path; the folder below names the environment.
const layerFolders: ReadonlySet<string> = new Set(["foundation", "application", "argocd", "flux"]);
const manifest = /\.(?:ya?ml|json)$/;
// Names that kustomize reads itself: https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#kustomization
const kustomization = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

/** True where a tree is laid out as Plinth renders; a folder of plain manifests is not. */
export function hasLayers(paths: readonly string[]): boolean {
  return paths.some((path) => path === indexPath || path.startsWith("access/") || layerFolders.has(firstFolder(path)));
}

/** True for a file that a cluster would be given. Argo CD reads `.yaml`, `.yml` and `.json`, whoever wrote them. */
export function isManifestPath(path: string, layered: boolean): boolean {
  if (!manifest.test(path) || kustomization.test(path)) return false;
  return !layered || layerFolders.has(firstFolder(path));
}

/**
 * The environment that a path belongs to; nothing for what all have in common.
 *
 * @example
 * environmentOfPath("application/production/backend/cart/serviceaccount-cart.yaml"); // "production"
 * environmentOfPath("foundation/base/tenancy/namespace-team-data.yaml"); // undefined
 */
export function environmentOfPath(path: string): string | undefined {
  const place = environmentPlace(path);
  return place === undefined ? undefined : path.slice(place.start, place.end);
}

/** The path with another environment in the place of its own. */
export function pathInEnvironment(path: string, environment: string): string {
  const place = environmentPlace(path);
  return place === undefined ? path : `${path.slice(0, place.start)}${environment}${path.slice(place.end)}`;
}

const prefixes: readonly string[] = ["foundation/overlays/", "application/", "argocd/", "flux/", "access/"];

function environmentPlace(path: string): { readonly start: number; readonly end: number } | undefined {
  const prefix = prefixes.find((folder) => path.startsWith(folder));
  if (prefix === undefined) return undefined;
  const end = path.indexOf("/", prefix.length);
  return end === -1 ? undefined : { start: prefix.length, end };
}

function firstFolder(path: string): string {
  const slash = path.indexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}

/** A kind as a caller names it: `Role`, or `apps/Deployment` where another group has a kind of that name. */
export interface KindName {
  readonly kind: string;
  readonly group?: string;
}

/** The kind that a text names. */
export function kindNamed(text: string): KindName {
  const slash = text.lastIndexOf("/");
  return slash === -1 ? { kind: text } : { group: text.slice(0, slash), kind: text.slice(slash + 1) };
}

/**
 * Whether a file of Plinth's could hold an object of a kind, by its name: `networkpolicy-…`, `role.example.com-…`, or `<namespace>.networkpolicy-…`. Never false for one that does.
 */
export function mayHold(path: string, { kind }: KindName): boolean {
  return kindsInName(path).includes(kind.toLowerCase());
}

/** Words of a file's name that may be its kind: each that begins the name or follows a dot, and ends before a hyphen or a dot. */
function kindsInName(path: string): readonly string[] {
  const parts = path.slice(path.lastIndexOf("/") + 1).split(".");
  return parts.flatMap((part, place) => {
    const hyphen = part.indexOf("-");
    if (hyphen !== -1) return [part.slice(0, hyphen)];
    return place === parts.length - 1 ? [] : [part];
  });
}

/** Finds the files that could hold an object of one of some kinds, in the order in which they are given. */
export function filesByKind(paths: readonly string[]): (kinds: readonly KindName[]) => readonly string[] {
  const places = new Map<string, number[]>();
  for (const [place, path] of paths.entries()) {
    for (const word of kindsInName(path)) {
      const known = places.get(word);
      if (known === undefined) places.set(word, [place]);
      else known.push(place);
    }
  }
  return (kinds) =>
    [...new Set(kinds.flatMap(({ kind }) => places.get(kind.toLowerCase()) ?? []))]
      .sort((a, b) => a - b)
      .flatMap((place) => paths[place] ?? []);
}

/** What is known of a file that the index does not know: what its path and its object's labels say. */
export function entryOf(path: string, labels: Readonly<Record<string, string>>): IndexEntry {
  const environment = environmentOfPath(path);
  const { "plinth.dev/component": component = "", "plinth.dev/team": team, "plinth.dev/service": service } = labels;
  return {
    component,
    ...(environment === undefined ? {} : { environment }),
    ...(team === undefined ? {} : { team }),
    ...(service === undefined ? {} : { service }),
  };
}
