import type { AlertOverride } from "@plinth/core";
import type { Alert } from "../alert/alert.ts";

/** What an override says, for a reader: `threshold 5%, for 30m: Nodes live for a day.` */
export function overrideWords({
  threshold,
  for: duration,
  severity,
  excludedNamespaces,
  off,
  because,
}: AlertOverride): string {
  const parts = [
    ...(off ? ["off"] : []),
    ...(threshold === undefined ? [] : [`threshold ${threshold}`]),
    ...(duration === undefined ? [] : [`for ${duration}`]),
    ...(severity === undefined ? [] : [`severity ${severity}`]),
    ...(excludedNamespaces.length === 0 ? [] : [`without ${excludedNamespaces.join(", ")}`]),
  ];
  return `${parts.join(", ")}: ${because}`;
}

/** What an alert does otherwise, in one line; nothing where it is as it comes. */
export function overridesInWords({ overriddenBy = [] }: Alert): string | undefined {
  return overriddenBy.length === 0 ? undefined : overriddenBy.map(overrideWords).join(" ");
}
