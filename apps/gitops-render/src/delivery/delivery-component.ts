import type { ArgoCdComponent, Document } from "@plinth/core";
import { argoCdObjects } from "../argocd/argocd-objects.ts";
import { argoCdSettings } from "../argocd/argocd-settings.ts";
import { fluxFindings } from "../flux/flux-findings.ts";
import { fluxObjects } from "../flux/flux-objects.ts";
import { foundationSet, foundationSetDefinition } from "./foundation-set.ts";

/** What delivers the application layer, by Argo CD or by Flux, and what a person applies before either of them can. */
export const deliveryComponent: ArgoCdComponent = {
  name: "delivery",
  layer: "argocd",
  perEnvironment: (platform, environment, folders) =>
    platform.delivery.by === "flux"
      ? fluxObjects(platform, environment, folders)
      : argoCdObjects(platform, environment, folders),
  documents: (platform): readonly Document[] => [
    { path: "bootstrap/foundation-set-definition.yaml", text: foundationSetDefinition() },
    { path: "bootstrap/foundation-set.yaml", text: foundationSet(platform) },
    ...(platform.delivery.by === "flux" ? [] : [{ path: "bootstrap/argocd-cm.yaml", text: argoCdSettings(platform) }]),
  ],
  check: fluxFindings,
};
