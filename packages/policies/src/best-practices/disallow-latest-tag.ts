import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";

// A reference is [host[:port]/]path[:tag][@digest]; a port stands before a slash, a tag after the last one. The digest decides when there is one:
// https://github.com/distribution/reference/blob/v0.6.0/reference.go
const digest = "@[a-z0-9]+([+._-][a-z0-9]+)*:[0-9a-fA-F]{32,}$";
const tag = "^([^@]*/)?[^/:@]+:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$";
const sha = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

const says = (image: string): string => `container app runs the image ${image}, which names no fixed version`;

/** Each image says which version it is. */
export const disallowLatestTag: Policy = definePolicy({
  name: "disallow-latest-tag",
  title: "Disallow the latest tag",
  category: "Best Practices",
  severity: "medium",
  why: "The tag latest, and no tag at all, mean another image tomorrow: pods of one Deployment differ, and a rollback brings nothing back.",
  fix: "Name a version (shop/cart:1.4.2) or a digest (shop/cart@sha256:...) in image.",
  match: pods(),
  offenders: cel`variables.containers
    .filter(c, !c.image.matches(${digest}) && (!c.image.matches(${tag}) || c.image.endsWith(':latest')))
    .map(c, 'container ' + c.name + ' runs the image ' + c.image + ', which names no fixed version')`,
  good: [
    "nginx:1.29.3",
    "shop/cart:1.4.2",
    "registry.example.com:5000/shop/cart:1.4.2",
    `shop/cart@${sha}`,
    `registry.example.com:5000/shop/cart@${sha}`,
    // The digest holds, whatever the tag says.
    `shop/cart:latest@${sha}`,
    "shop/cart:latest-build-7",
    "shop/latest:1.0.0",
  ].map((image) => pod({ containers: [{ image }], initContainers: [{ image }], ephemeralContainers: [{ image }] })),
  bad: [
    ...[
      "nginx",
      "nginx:latest",
      "shop/cart",
      "registry.example.com:5000/shop/cart",
      "registry.example.com:5000/shop/cart:latest",
      "localhost:5000/cart",
      "latest",
    ].map((image) => violation(pod({ containers: [{ image }] }), says(image))),
    violation(
      pod({ initContainers: [{ name: "migrate", image: "shop/migrate:latest" }] }),
      "container migrate runs the image shop/migrate:latest, which names no fixed version",
    ),
    violation(
      pod({ ephemeralContainers: [{ image: "busybox" }] }),
      "container debugger runs the image busybox, which names no fixed version",
    ),
  ],
});
