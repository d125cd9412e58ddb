import type { OutputFile, Platform } from "@plinth/core";

const layers = ["foundation", "application", "argocd", "flux"] as const;

const partsOfFoundation = ["overlays", "kept", "pruned"];

/** How many files each layer has, in each environment. */
export function layerTable(platform: Platform, output: readonly OutputFile[]): string[] {
  const width = Math.max(...layers.map((layer) => layer.length));
  return layers.flatMap((layer) => {
    const files = output.filter(({ path }) => path.startsWith(`${layer}/`));
    if (files.length === 0) return [];
    const shared = files.filter(({ path }) => path.startsWith("foundation/base/")).length;
    const environments = platform.environments.map(
      ({ name }) =>
        `${name} ${files.filter(({ path }) => path.startsWith(`${layer}/${name}/`) || partsOfFoundation.some((part) => path.startsWith(`${layer}/${part}/${name}/`))).length}`,
    );
    return [
      `  ${layer.padEnd(width)}   ${[...(shared > 0 ? [`base ${shared}`] : []), ...environments].join("  ")}  files`,
    ];
  });
}
