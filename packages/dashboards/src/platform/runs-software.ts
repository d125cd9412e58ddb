import type { Platform } from "@plinth/core";

/** True when the platform runs software of that name, or a part of it: `argocd`, which `argocd-server` is of. */
export function runsSoftware({ components }: Platform, name: string): boolean {
  return components.some(({ software }) => software === name || software.startsWith(`${name}-`));
}
