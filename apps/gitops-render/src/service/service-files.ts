import {
  emitYaml,
  type FileOrigin,
  type IndexEntry,
  indexPath,
  type OutputFile,
  printIndex,
  type Resource,
  signYaml,
} from "@plinth/core";
import { openSlo, prometheusServiceLevelSpec, type ServiceLevelObjective } from "@plinth/slo";

/** The component that promises of a service's repository are of, in its index. */
export const objectiveComponent = "service-level-objectives";

function originOf(source: string): FileOrigin {
  return { component: objectiveComponent, source, command: `gitops-render service ${source}` };
}

/** The objects of a service, a file each, in a folder of the service's own: Argo CD or kubectl reads it whole. */
export function serviceFiles(service: string, resources: readonly Resource[], source: string): readonly OutputFile[] {
  return resources.map((resource) => ({
    path: `${service}/${resource.kind.toLowerCase()}-${resource.metadata.name}.yaml`,
    entry: { component: objectiveComponent, service },
    text: () => signYaml(emitYaml(resource), originOf(source)),
  }));
}

/** The same objectives in the words of OpenSLO, beside the folders that a cluster reads: no cluster knows these kinds. */
export function openSloFile(service: string, objectives: readonly ServiceLevelObjective[], source: string): OutputFile {
  const { objects } = openSlo(prometheusServiceLevelSpec(service, objectives));
  return {
    path: `openslo/${service}.yaml`,
    entry: { component: objectiveComponent, service },
    text: () => signYaml(objects.map((object) => emitYaml(object)).join("---\n"), originOf(source)),
  };
}

/** The files with the index of all that is there: those of other services stay. */
export function withIndex(files: readonly OutputFile[], kept: ReadonlyMap<string, IndexEntry>): readonly OutputFile[] {
  const index = new Map<string, IndexEntry>([...kept, ...files.map(({ path, entry }) => [path, entry] as const)]);
  return [...files, { path: indexPath, entry: { component: "index" }, text: () => printIndex(index) }];
}
