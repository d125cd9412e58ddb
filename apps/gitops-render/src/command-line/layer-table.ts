import type { OutputFile, Platform } from "@plinth/core";

const layers = ["foundation", "application", "argocd"] as const;

/** How many files each layer has, in each environment. */
export function layerTable(platform: Platform, output: readonly OutputFile[]): string[] {
  const width = Math.max(...layers.map((layer) => layer.length));
  return layers.flatMap((layer) => {
    const files = output.filter(({ path }) => path.startsWith(`${layer}/`));
    if (files.length === 0) return [];
    const shared = files.filter(({ path }) => path.startsWith("foundation/base/")).length;
    const environments = platform.environments.map(
      ({ name }) =>
        `${name} ${files.filter(({ path }) => path.startsWith(`${layer}/${name}/`) || path.startsWith(`${layer}/overlays/${name}/`)).length}`,
    );
    return [
      `  ${layer.padEnd(width)}   ${[...(shared > 0 ? [`base ${shared}`] : []), ...environments].join("  ")}  files`,
    ];
  });
}
