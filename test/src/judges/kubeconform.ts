import { join } from "node:path";
import { type Finding, isObjectPath } from "@plinth/core";
import { deriveSchemas, validate } from "@plinth/kubeconform";
import { toolPath } from "../tools/ensure.ts";
import { cacheFolder } from "../tools/folders.ts";
import { crdFiles, goModuleDirectory, schemaNames } from "../tools/schemas.ts";
import type { Judge } from "./judge.ts";

/** Every object against the schema of its kind, unknown fields refused: Kubernetes' own OpenAPI and the pinned CRDs. */
export const kubeconform: Judge = {
  name: "kubeconform",
  purpose: "every object fits its schema, strictly",
  tools: ["kubeconform"],
  judge: async ({ tree, signal }) => {
    const derived = await rendererSchemas();
    if (derived.folder === undefined) return { read: "nothing", findings: derived.findings };
    const findings = await validate(tree.folder, {
      schemas: derived.folder,
      binary: toolPath("kubeconform"),
      // Kustomizations never reach a cluster: kustomize judges those. What lies beside the layers is for people.
      exclude: (file) => !isObjectPath(file),
      signal,
    });
    return { read: `${tree.objects.length} objects, ${derived.kinds} kinds known`, findings };
  },
};

interface RendererSchemas {
  readonly folder?: string;
  readonly kinds: number;
  readonly findings: readonly Finding[];
}

async function rendererSchemas(): Promise<RendererSchemas> {
  const crds = await crdFiles(schemaNames);
  const kubernetes = await goModuleDirectory("kubernetes");
  if (!kubernetes.found) return { kinds: 0, findings: [kubernetes.finding] };
  if (crds.findings.length > 0) return { kinds: 0, findings: crds.findings };
  const derived = await deriveSchemas({
    kubernetesOpenApi: join(kubernetes.directory, "api/openapi-spec/swagger.json"),
    crds: crds.files,
    cacheDirectory: join(cacheFolder, "schemas"),
  });
  const { folder, findings } = derived;
  return { kinds: derived.kinds.length, findings, ...(folder === undefined ? {} : { folder }) };
}
