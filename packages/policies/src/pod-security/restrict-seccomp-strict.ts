import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";
import { securityContexts } from "./pod-variables.ts";
import { unlessOnWindows } from "./relaxations.ts";
import { forbiddenSeccompProfiles } from "./seccomp-profiles.ts";

const runtimeDefault = { seccompProfile: { type: "RuntimeDefault" } } as const;
const unconfined = { seccompProfile: { type: "Unconfined" } } as const;

/** Every container must have a seccomp profile, its own or the pod's. */
export const restrictSeccompStrict: Policy = definePolicy({
  name: "restrict-seccomp-strict",
  title: "Require seccomp profiles",
  category: "Pod Security",
  severity: "medium",
  control: podSecurityControls("seccompProfile_restricted"),
  why: "Without a profile a container may make every call that the kernel has: each mistake in one of them is a way out.",
  fix: "Set securityContext.seccompProfile.type of the pod to RuntimeDefault.",
  match: pods(),
  ...unlessOnWindows(
    cel`${forbiddenSeccompProfiles}
      + (has(object.spec.securityContext) && has(object.spec.securityContext.seccompProfile) ? [] : variables.containers)
        .filter(c, !has(c.securityContext) || !has(c.securityContext.seccompProfile))
        .map(c, 'container ' + c.name + ' has no securityContext.seccompProfile, nor has the pod')`,
    { securityContexts },
  ),
  good: [
    pod({ securityContext: runtimeDefault }),
    pod({
      containers: [{ securityContext: runtimeDefault }],
      initContainers: [{ securityContext: runtimeDefault }],
    }),
    pod({
      securityContext: runtimeDefault,
      containers: [{ securityContext: { seccompProfile: { type: "Localhost", localhostProfile: "shop.json" } } }],
    }),
    pod({ os: { name: "windows" } }),
  ],
  bad: [
    violation(pod(), "container app has no securityContext.seccompProfile, nor has the pod"),
    violation(
      pod({ os: { name: "linux" }, securityContext: {}, containers: [{ securityContext: {} }] }),
      "container app has no securityContext.seccompProfile, nor has the pod",
    ),
    violation(
      pod({
        containers: [{ securityContext: runtimeDefault }],
        initContainers: [{}],
        ephemeralContainers: [{ securityContext: unconfined }],
      }),
      "container debugger sets securityContext.seccompProfile.type to Unconfined",
      "container init has no securityContext.seccompProfile, nor has the pod",
    ),
    violation(
      pod({ securityContext: unconfined, containers: [{ securityContext: runtimeDefault }, {}] }),
      "the pod sets securityContext.seccompProfile.type to Unconfined",
    ),
  ],
});
