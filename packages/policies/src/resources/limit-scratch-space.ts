import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";

const bounded = { resources: { limits: { "ephemeral-storage": "1Gi" } } };

/** Scratch space ends somewhere: that in memory always, that on disk unless each container's own limit holds. */
export const limitScratchSpace: Policy = definePolicy({
  name: "limit-scratch-space",
  title: "Limit scratch space",
  category: "Resources",
  severity: "medium",
  why: "An emptyDir without a limit fills the disk of its node, which then evicts pods of everybody; one in memory takes half of the node's.",
  fix: "Set emptyDir.sizeLimit, or for one on disk resources.limits.ephemeral-storage on every container.",
  match: pods(),
  variables: {
    containersAreBounded: cel`object.spec.containers.all(c, c.?resources.?limits[?'ephemeral-storage'].hasValue())`,
  },
  offenders: cel`variables.volumes
    .filter(v, has(v.emptyDir) && !v.emptyDir.?sizeLimit.hasValue()
      && (v.emptyDir.?medium.orValue('') == 'Memory' || !variables.containersAreBounded))
    .map(v, 'volume ' + v.name + ' is an emptyDir without sizeLimit')`,
  good: [
    pod(),
    pod({ volumes: [{ name: "settings", configMap: { name: "settings" } }] }),
    pod({ containers: [bounded, bounded], volumes: [{ name: "tmp", emptyDir: {} }] }),
    pod({
      volumes: [
        { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
        { name: "shared", emptyDir: { medium: "Memory", sizeLimit: "16Mi" } },
      ],
    }),
  ],
  bad: [
    violation(pod({ volumes: [{ name: "tmp", emptyDir: {} }] }), "volume tmp is an emptyDir without sizeLimit"),
    violation(
      pod({ containers: [bounded, {}], volumes: [{ name: "tmp", emptyDir: {} }] }),
      "volume tmp is an emptyDir without sizeLimit",
    ),
    violation(
      pod({
        containers: [bounded],
        volumes: [
          { name: "tmp", emptyDir: {} },
          { name: "shared", emptyDir: { medium: "Memory" } },
        ],
      }),
      "volume shared is an emptyDir without sizeLimit",
    ),
  ],
});
