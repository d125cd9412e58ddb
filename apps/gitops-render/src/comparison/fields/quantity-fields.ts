import { parseQuantity } from "@plinth/core";
import { type Place, type PlaceRule, rulesByPlace } from "./place.ts";

/**
 * Fields whose texts are amounts: `1000m` means `1`, and `1Gi` means `1024Mi`.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export const quantityFields: readonly PlaceRule[] = [
  { at: "resources.limits.*" },
  { at: "resources.requests.*" },
  { at: "spec.hard.*", in: ["ResourceQuota"] },
  ...["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"].map(
    (field): PlaceRule => ({ at: `spec.limits[].${field}.*`, in: ["LimitRange"] }),
  ),
  { at: "spec.capacity.*", in: ["PersistentVolume"] },
  { at: "emptyDir.sizeLimit" },
  { at: "resourceFieldRef.divisor" },
  { at: "overhead.*", in: ["Pod", "RuntimeClass", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"] },
  ...["averageValue", "value"].map((field): PlaceRule => ({ at: `target.${field}`, in: ["HorizontalPodAutoscaler"] })),
];

const isQuantityField = rulesByPlace(quantityFields);

/** The amount that a value means, as a text that is the same for the same amount; nothing where it is none. */
export function quantityAt(place: Place, value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  if (isQuantityField(place) === undefined) return undefined;
  const quantity = parseQuantity(String(value));
  return quantity === undefined ? undefined : `${quantity.nanos}n`;
}
