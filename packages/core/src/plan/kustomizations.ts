import { emitYaml } from "../yaml/emit.ts";
import { signYaml } from "../yaml/signed-file.ts";

const base = "foundation/base";
const overlays = "foundation/overlays";

// Everything in an object of these kinds goes with it: they are applied first, and never pruned. kustomize anchors what it is given, as Go reads it.
const keptKinds = "Namespace|CustomResourceDefinition";
const otherKinds = "[^CN].*|C[^u].*|Cu[^s].*|Custom(?:[^R].*|R[^e].*)|N[^a].*|Na[^m].*|Namespace.+";

/**
 * The two parts in which an overlay is applied, by folder: what kubectl may remove once it is gone from the tree is the second.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
 */
const parts: readonly { readonly folder: string; readonly leftOut: string }[] = [
  { folder: "foundation/kept", leftOut: otherKinds },
  { folder: "foundation/pruned", leftOut: keptKinds },
];

/**
 * The kustomization files that a set of paths needs, by path: one in each component's folder that lists its files, one for the base, one for each
 * overlay that pulls in the base, and two for the parts in which it is applied. A function of the paths alone.
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
    if (!isOverlay) continue;
    const environment = root.slice(overlays.length + 1);
    for (const { folder, leftOut } of parts)
      result.set(`${folder}/${environment}/kustomization.yaml`, part(environment, leftOut));
  }
  return result;
}

function part(environment: string, leftOut: string): string {
  const body = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    sortOptions: { order: "legacy" },
    resources: [`../../overlays/${environment}`],
    // A patch has to name an object, and the target says which are meant.
    patches: [
      { target: { kind: leftOut }, patch: "$patch: delete\napiVersion: v1\nkind: Any\nmetadata:\n  name: any\n" },
    ],
  };
  return signYaml(emitYaml(body), { component: "kustomize" });
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
