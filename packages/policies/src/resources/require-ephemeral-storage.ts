import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";

const defaults: { readonly limits: boolean } = { limits: false };

const requests = { "ephemeral-storage": "256Mi" };
const limits = { "ephemeral-storage": "1Gi" };

/** Each container says how much of the node's disk it needs: logs, layers, scratch space. */
export const requireEphemeralStorage: ParameterizedPolicy<typeof defaults> = parameterizedPolicy({
  defaults,
  parameters: { limits: "Whether a limit is asked for, too: a container that passes it is evicted." },
  tried: [{ limits: true }],
  policy: (values) => {
    const lacks = (fields: readonly string[], container = "app"): string =>
      `container ${container} lacks ${fields.map((field) => `resources.${field}.ephemeral-storage`).join(" and ")}`;
    return {
      name: "require-ephemeral-storage",
      title: "Require ephemeral storage",
      category: "Resources",
      severity: "low",
      why: "The scheduler packs pods onto a disk that it does not count, and a full one evicts whoever is there.",
      fix: `Set resources.requests.ephemeral-storage${values.limits ? " and resources.limits.ephemeral-storage" : ""} on each container.`,
      // Most services write nothing but logs, which the node rotates.
      auditOnly: true,
      match: pods(),
      variables: {
        missing: cel`(object.spec.containers + object.spec.?initContainers.orValue([])).map(c, [c.name]
          + (c.?resources.?requests[?'ephemeral-storage'].hasValue() || c.?resources.?limits[?'ephemeral-storage'].hasValue()
            ? [] : ['resources.requests.ephemeral-storage'])
          + (!${values.limits} || c.?resources.?limits[?'ephemeral-storage'].hasValue()
            ? [] : ['resources.limits.ephemeral-storage']))`,
      },
      offenders: cel`variables.missing
        .filter(m, m.size() > 1)
        .map(m, 'container ' + m[0] + ' lacks ' + m.filter(field, field != m[0]).join(' and '))`,
      good: [
        pod({ containers: [{ resources: { requests, limits } }] }),
        pod({ containers: [{ resources: { limits } }] }),
        ...(values.limits ? [] : [pod({ containers: [{ resources: { requests } }] })]),
      ],
      bad: [
        violation(pod(), lacks(values.limits ? ["requests", "limits"] : ["requests"])),
        ...(values.limits ? [violation(pod({ containers: [{ resources: { requests } }] }), lacks(["limits"]))] : []),
        violation(
          pod({
            containers: [{ resources: { requests, limits } }],
            initContainers: [{ name: "migrate", resources: { requests: { cpu: "100m" } } }],
          }),
          lacks(values.limits ? ["requests", "limits"] : ["requests"], "migrate"),
        ),
      ],
    };
  },
});
