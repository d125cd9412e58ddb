import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { digestPattern, exampleDigest } from "./image-reference.ts";

const image = "registry.example.com/shop/cart:1.4.2";
const says = (policy: string): string => `container app runs the image ${image} with imagePullPolicy ${policy}`;

/** A tag is asked for at the registry each time, which also asks who may pull it. */
export const requirePullAlwaysOrDigest: Policy = definePolicy({
  name: "require-pull-always-or-digest",
  title: "Require pulls, or digests",
  category: "Supply Chain",
  severity: "low",
  why: "An image that lies on the node is run without asking the registry: it may be an older one of the same tag, and a pod may run what its team may not pull.",
  fix: "Set imagePullPolicy to Always, or write the digest behind the tag in image.",
  // The registry's outage becomes that of every pod that starts: a digest is the better answer.
  auditOnly: true,
  match: pods(),
  // The API server fills the field in; IfNotPresent is what it takes for a tag that is not latest.
  offenders: cel`variables.containers
    .filter(c, !c.image.matches(${digestPattern}) && c.?imagePullPolicy.orValue('IfNotPresent') != 'Always')
    .map(c, 'container ' + c.name + ' runs the image ' + c.image + ' with imagePullPolicy ' + c.?imagePullPolicy.orValue('IfNotPresent'))`,
  good: [
    pod({ containers: [{ image, imagePullPolicy: "Always" }] }),
    pod({ containers: [{ image: `${image}@${exampleDigest}`, imagePullPolicy: "IfNotPresent" }] }),
    pod({ containers: [{ image: `${image}@${exampleDigest}` }] }),
  ],
  bad: [
    violation(pod({ containers: [{ image }] }), says("IfNotPresent")),
    violation(pod({ containers: [{ image, imagePullPolicy: "Never" }] }), says("Never")),
    violation(
      pod({
        containers: [{ name: "proxy", image, imagePullPolicy: "Always" }],
        initContainers: [{ name: "app", image, imagePullPolicy: "IfNotPresent" }],
      }),
      says("IfNotPresent"),
    ),
  ],
});
