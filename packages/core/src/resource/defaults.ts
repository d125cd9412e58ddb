import { isRecord } from "../plain-data.ts";
import { groupOf, type Resource } from "./resource.ts";

/**
 * Values that the API server or an admission webhook fills in, by `group/Kind`. What Git does not say and the cluster does shows in Argo CD as
 * a difference that never goes away (kyverno#9451, kyverno#2234), so it is said here. An object's own value always wins; defaults are written
 * only below objects that are there.
 *
 * Sources: the `default:` values of the CRDs of Kyverno 1.19.1. What other operators fill in, their components write themselves.
 */
const defaultsByKind: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "networking.k8s.io/NetworkPolicy": { spec: { policyTypes: ["Ingress"] } },
  "policies.kyverno.io/ValidatingPolicy": {
    spec: {
      failurePolicy: "Fail",
      evaluation: { mode: "Kubernetes", admission: { enabled: true }, background: { enabled: true } },
    },
  },
};

/** The resource with the defaults of its kind written out. */
export function materialiseDefaults(resource: Resource): Resource {
  const defaults = defaultsByKind[`${groupOf(resource)}/${resource.kind}`];
  return defaults === undefined ? resource : { ...resource, ...filled(resource, defaults) };
}

function filled(
  value: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...value };
  for (const [key, fallback] of Object.entries(defaults)) {
    const own = result[key];
    if (own === undefined) result[key] = fallback;
    else if (isRecord(own) && isRecord(fallback)) result[key] = filled(own, fallback);
  }
  return result;
}
