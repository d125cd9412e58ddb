import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";

/** No container may be root on its node. */
export const disallowPrivilegedContainers: Policy = definePolicy({
  name: "disallow-privileged-containers",
  title: "Disallow privileged containers",
  category: "Pod Security",
  severity: "high",
  control: podSecurityControls("privileged"),
  why: "A privileged container is root on its node: it reads the secrets of every pod there.",
  fix: "Remove securityContext.privileged, or add the one capability that is needed.",
  match: pods(),
  offenders: cel`variables.containers
    .filter(c, c.?securityContext.?privileged.orValue(false))
    .map(c, 'container ' + c.name + ' sets securityContext.privileged')`,
  good: [
    pod(),
    pod({ containers: [{ securityContext: {} }] }),
    pod({
      containers: [{ securityContext: { privileged: false } }],
      initContainers: [{ securityContext: { privileged: false } }],
    }),
    pod({ ephemeralContainers: [{}] }),
  ],
  bad: [
    violation(
      pod({ containers: [{ securityContext: { privileged: true } }] }),
      "container app sets securityContext.privileged",
    ),
    violation(
      pod({ initContainers: [{ name: "sysctl", securityContext: { privileged: true } }] }),
      "container sysctl sets securityContext.privileged",
    ),
    violation(
      pod({ ephemeralContainers: [{ securityContext: { privileged: true } }] }),
      "container debugger sets securityContext.privileged",
    ),
    violation(
      pod({
        containers: [
          { securityContext: { privileged: true } },
          {},
          { name: "proxy", securityContext: { privileged: true } },
        ],
      }),
      "container app sets securityContext.privileged",
      "container proxy sets securityContext.privileged",
    ),
  ],
});
