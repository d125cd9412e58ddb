import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";
import { securityContexts } from "./pod-variables.ts";
import { forbiddenSeccompProfiles } from "./seccomp-profiles.ts";

/** No container may switch seccomp off. */
export const restrictSeccomp: Policy = definePolicy({
  name: "restrict-seccomp",
  title: "Restrict seccomp profiles",
  category: "Pod Security",
  severity: "high",
  control: podSecurityControls("seccompProfile_baseline"),
  why: "Unconfined, a container may make every call that the kernel has: each mistake in one of them is a way out.",
  fix: "Remove it, or use the profile RuntimeDefault or Localhost.",
  match: pods(),
  variables: { securityContexts },
  offenders: forbiddenSeccompProfiles,
  good: [
    pod(),
    pod({
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      containers: [{ securityContext: { seccompProfile: { type: "Localhost", localhostProfile: "shop.json" } } }],
    }),
  ],
  bad: [
    violation(
      pod({ securityContext: { seccompProfile: { type: "Unconfined" } } }),
      "the pod sets securityContext.seccompProfile.type to Unconfined",
    ),
    violation(
      pod({
        securityContext: { seccompProfile: { type: "RuntimeDefault" } },
        containers: [{ securityContext: { seccompProfile: { type: "Unconfined" } } }],
        initContainers: [{ securityContext: { seccompProfile: { type: "Unconfined" } } }],
        ephemeralContainers: [{ securityContext: { seccompProfile: { type: "Unconfined" } } }],
      }),
      "container app sets securityContext.seccompProfile.type to Unconfined",
      "container init sets securityContext.seccompProfile.type to Unconfined",
      "container debugger sets securityContext.seccompProfile.type to Unconfined",
    ),
  ],
});
