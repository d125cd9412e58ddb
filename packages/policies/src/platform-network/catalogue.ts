import type { PlatformComponent, PlatformRole } from "@plinth/core";
import { argo } from "./catalogue/argo.ts";
import { argoCd } from "./catalogue/argo-cd.ts";
import { certificatesAndNames } from "./catalogue/certificates-and-names.ts";
import { istio } from "./catalogue/istio.ts";
import { kubernetes } from "./catalogue/kubernetes.ts";
import { kyverno } from "./catalogue/kyverno.ts";
import { monitoring } from "./catalogue/monitoring.ts";
import { openTelemetry } from "./catalogue/opentelemetry.ts";
import { security } from "./catalogue/security.ts";
import type { Software } from "./software.ts";

/** Every piece of software whose network is known. */
export const softwareCatalogue: readonly Software[] = [
  ...istio,
  ...kyverno,
  ...argoCd,
  ...argo,
  ...certificatesAndNames,
  ...monitoring,
  ...openTelemetry,
  ...security,
  ...kubernetes,
];

const byName: ReadonlyMap<string, Software> = new Map(softwareCatalogue.map((software) => [software.name, software]));

/** What a component is by the part that it plays, when nothing else says it. */
const byRole: Readonly<Record<PlatformRole, string>> = {
  "ingress-gateway": "istio-ingress",
  "egress-gateway": "istio-egress",
  dns: "coredns",
  "telemetry-agent": "otel-agent",
  "telemetry-gateway": "otel-gateway",
  "telemetry-cluster": "otel-cluster",
  "metrics-scraper": "prometheus",
  "alert-manager": "alertmanager",
  "dashboard-server": "grafana",
  delivery: "argocd",
  admission: "kyverno",
};

/**
 * What the catalogue knows of a component: by its `software`, else by the part that it plays. `undefined` for software that nobody has described.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * examplePlatform().components.map((component) => softwareOf(component)?.sources[0]);
 */
export function softwareOf({ software, roles }: PlatformComponent): Software | undefined {
  const [role] = roles;
  return byName.get(software) ?? (role === undefined ? undefined : playing(role));
}

/** Other software in the same part has the same connections, and only those ports that its component says. */
function playing(role: PlatformRole): Software | undefined {
  const model = byName.get(byRole[role]);
  return model === undefined ? undefined : { ...model, listensByDefault: false };
}
