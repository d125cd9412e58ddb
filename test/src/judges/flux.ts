import { join } from "node:path";
import {
  describeResource,
  type Environment,
  emitYaml,
  type Finding,
  fieldAt,
  isRecord,
  listAt,
  type Platform,
  type Resource,
  textAt,
} from "@plinth/core";
import { deliveryNamespace } from "@plinth/rbac";
import { type Cluster, clusterTools } from "../cluster/start-cluster.ts";
import { withCluster } from "../cluster/with-cluster.ts";
import { crdFiles } from "../tools/schemas.ts";
import { filledIn } from "./api-server.ts";
import { refusal } from "./delivery-kubectl.ts";
import type { Judge } from "./judge.ts";
import type { RenderedObject, RenderedTree } from "./rendered-tree.ts";
import { writtenTree } from "./written-tree.ts";

/**
 * The same platform with Flux instead of Argo CD, by the option of the model: an API server with Flux's own definitions takes each object as it is; each path holds
 * something and no kustomization of its own; each account, source and dependency is there; every object is delivered once.
 */
export const flux: Judge = {
  name: "flux",
  purpose: "Flux's definitions take what delivers the platform by it, and every object is delivered once",
  tools: clusterTools(),
  judge: async ({ platform, workFolder }) => {
    const crds = await crdFiles(["flux-kustomize", "flux-source"]);
    if (crds.findings.length > 0) return { read: "nothing", findings: crds.findings };
    const byFlux = withFlux(platform);
    const tree = writtenTree(byFlux, join(workFolder, "flux"));
    const objects = tree.objects.filter(({ file }) => file.path.startsWith("flux/"));
    return {
      read: `${objects.length} objects of ${byFlux.environments.length} environments`,
      findings: [
        ...byFlux.environments.flatMap((environment) => referenceFindings(tree, byFlux, environment)),
        ...(await withCluster({ crds: crds.files }, (cluster) =>
          acceptanceFindings(cluster, deliveryNamespace(byFlux), objects),
        )),
      ],
    };
  },
};

/** Flux in the place of Argo CD, and no windows: it has none. */
function withFlux(platform: Platform): Platform {
  return {
    ...platform,
    delivery: { by: "flux" },
    environments: platform.environments.map((environment) => ({
      ...environment,
      delivery: { ...environment.delivery, windows: [] },
    })),
  };
}

function referenceFindings(tree: RenderedTree, platform: Platform, { name }: Environment): Finding[] {
  const delivery = tree.objects.filter(({ file }) => file.path.startsWith(`flux/${name}/`));
  const named = (kind: string): ReadonlySet<string> =>
    new Set(delivery.filter(({ resource }) => resource.kind === kind).map(({ resource }) => resource.metadata.name));
  const [sources, kustomizations] = [named("GitRepository"), named("Kustomization")];
  const accounts = accountsIn(tree, name, deliveryNamespace(platform));
  const folders: string[] = [];
  const findings = delivery
    .filter(({ resource }) => resource.kind === "Kustomization")
    .flatMap(({ file, resource }) => {
      const say = (message: string, expected: string): Finding => refusal(message, expected, file.path);
      const source = textAt(resource, "spec", "sourceRef", "name");
      const account = textAt(resource, "spec", "serviceAccountName");
      const waitsFor = listAt(resource, "spec", "dependsOn").map((entry) => textAt(entry, "name"));
      const own = source !== "plinth";
      const folder = textAt(resource, "spec", "path").replace(`./${platform.repository.path}/`, "");
      if (!own) folders.push(folder);
      const files = tree.files.filter(({ path }) => path.startsWith(`${folder}/`));
      return [
        ...(sources.has(source) ? [] : [say(`there is no source ${source}`, "a GitRepository beside it")]),
        ...(accounts.has(account) ? [] : [say(`there is no account ${account}`, "an account of the foundation")]),
        ...waitsFor
          .filter((other) => !kustomizations.has(other) || other === resource.metadata.name)
          .map((other) => say(`waits for ${other} for ever`, "another kustomization beside it")),
        ...(own || files.length > 0 ? [] : [say(`${folder} holds nothing`, "a folder with objects")]),
        ...files
          .filter(({ path }) => /kustomization\.ya?ml$/i.test(path) && !path.startsWith("flux/"))
          .map(({ path }) => say(`${path} takes the folder's place`, "objects only: Flux lists them by itself")),
      ];
    });
  const delivered = tree.objects.filter(({ file }) => file.path.startsWith(`application/${name}/`));
  const unowned = delivered.filter(
    ({ file }) => folders.filter((folder) => file.path.startsWith(`${folder}/`)).length !== 1,
  );
  return [
    ...findings,
    ...unowned.map(({ file }) => refusal("is not delivered by exactly one kustomization", "exactly one", file.path)),
  ];
}

/** The accounts beside Flux that the foundation of an environment makes. */
function accountsIn({ objects }: RenderedTree, environment: string, namespace: string): ReadonlySet<string> {
  return new Set(
    objects
      .filter(
        ({ file, resource }) =>
          resource.kind === "ServiceAccount" &&
          resource.metadata.namespace === namespace &&
          (file.path.startsWith("foundation/base/") || file.path.startsWith(`foundation/overlays/${environment}/`)),
      )
      .map(({ resource }) => resource.metadata.name),
  );
}

/** Taken strictly, without a warning, and with nothing filled in; and a slip of the hand is refused: the definitions do judge. */
async function acceptanceFindings(
  cluster: Cluster,
  namespace: string,
  objects: readonly RenderedObject[],
): Promise<Finding[]> {
  await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  const findings: Finding[] = [];
  for (const { file, resource } of objects) {
    const answer = await cluster.applyYaml(file.text);
    if (!answer.accepted) {
      findings.push(refusal(`${describeResource(resource)}: ${answer.message}`, "an object that is stored", file.path));
      continue;
    }
    for (const warning of answer.warnings) findings.push(refusal(warning, "no warnings", file.path));
    for (const path of filledIn(answer.object, resource))
      findings.push(refusal(`the API server fills in ${path}`, "what is stored is what Git says", file.path));
  }
  for (const { resource } of objects.slice(0, 1).concat(objects.slice(-1)))
    if ((await cluster.applyYaml(misspelt(resource), { dryRun: true })).accepted)
      findings.push(refusal(`a misspelt ${resource.kind} is taken`, "an error: the definitions judge"));
  return findings;
}

function misspelt(resource: Resource): string {
  const spec = fieldAt(resource, "spec");
  return emitYaml({ ...resource, spec: { ...(isRecord(spec) ? spec : {}), interval: "often" } });
}
