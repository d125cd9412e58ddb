import { emitYaml } from "../yaml/emit.ts";
import { signYaml } from "../yaml/signed-file.ts";

const base = "foundation/base";
const overlays = "foundation/overlays";

/**
 * The kustomization files that a set of paths needs, by path: one in each component's folder that lists its files, one for the base, one for each
 * overlay that pulls in the base. A function of the paths alone.
 */
export function kustomizations(paths: Iterable<string>): ReadonlyMap<string, string> {
  const folders = new Map<string, Map<string, string[]>>();
  for (const path of paths) {
    const match = /^(foundation\/base|foundation\/overlays\/[^/]+)\/([^/]+)\/(.+)$/.exec(path);
    if (match === null) continue;
    const [, root = "", component = "", file = ""] = match;
    if (file === "kustomization.yaml") continue;
    const components = folders.get(root) ?? new Map<string, string[]>();
    folders.set(root, components);
    const files = components.get(component) ?? [];
    components.set(component, files);
    files.push(file);
  }
  const result = new Map<string, string>();
  const hasBase = folders.has(base);
  for (const [root, components] of folders) {
    for (const [component, files] of components)
      result.set(`${root}/${component}/kustomization.yaml`, kustomization(component, files));
    const names = [...components.keys()];
    const isOverlay = root.startsWith(`${overlays}/`);
    result.set(
      `${root}/kustomization.yaml`,
      kustomization("kustomize", isOverlay && hasBase ? [...names, "../../base"] : names, isOverlay),
    );
  }
  return result;
}

function kustomization(component: string, resources: readonly string[], sort = false): string {
  const body = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    // Namespaces and definitions before what needs them: the order works on an empty cluster.
    ...(sort ? { sortOptions: { order: "legacy" } } : {}),
    resources: [...resources].sort(),
  };
  return signYaml(emitYaml(body), { component });
}
