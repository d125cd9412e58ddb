import type { Finding, Platform } from "@plinth/core";

/** What is said of delivery and means nothing to Flux. */
export function fluxFindings({ delivery, environments }: Platform): Finding[] {
  if (delivery.by !== "flux") return [];
  return environments
    .filter((environment) => environment.delivery.windows.length > 0)
    .map((environment) => ({
      code: "without-effect",
      severity: "error",
      ...(environment.source === undefined ? {} : { source: environment.source }),
      path: `environments[${environment.name}].delivery.windows`,
      message: "Flux has no sync windows: it would deliver at any time",
      expected: "no windows, where `delivery.by` is flux",
      hint: `with sync "approval" Flux delivers what is pushed to the branch ${environment.name}: let the protection of that branch say when`,
    }));
}
