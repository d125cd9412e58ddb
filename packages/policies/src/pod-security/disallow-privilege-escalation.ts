import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";
import { unlessOnWindows } from "./relaxations.ts";

const contained = { securityContext: { allowPrivilegeEscalation: false } } as const;
const escalating = { securityContext: { allowPrivilegeEscalation: true } } as const;

/** No process of a container may gain more rights than its parent has. */
export const disallowPrivilegeEscalation: Policy = definePolicy({
  name: "disallow-privilege-escalation",
  title: "Disallow privilege escalation",
  category: "Pod Security",
  severity: "medium",
  control: podSecurityControls("allowPrivilegeEscalation"),
  why: "A set-user-ID program in the image makes root of any user, unless the container forbids it.",
  fix: "Set securityContext.allowPrivilegeEscalation of the container to false.",
  match: pods(),
  ...unlessOnWindows(cel`variables.containers
    .filter(c, c.?securityContext.?allowPrivilegeEscalation.orValue(true))
    .map(c, 'container ' + c.name + ' does not set securityContext.allowPrivilegeEscalation to false')`),
  good: [
    pod({ containers: [contained], initContainers: [contained], ephemeralContainers: [contained] }),
    pod({ containers: [contained, contained] }),
    pod({ os: { name: "windows" } }),
  ],
  bad: [
    violation(pod(), "container app does not set securityContext.allowPrivilegeEscalation to false"),
    violation(
      pod({ os: { name: "linux" }, containers: [{ securityContext: {} }] }),
      "container app does not set securityContext.allowPrivilegeEscalation to false",
    ),
    violation(
      pod({ containers: [contained], initContainers: [escalating] }),
      "container init does not set securityContext.allowPrivilegeEscalation to false",
    ),
    violation(
      pod({ containers: [contained], ephemeralContainers: [{}] }),
      "container debugger does not set securityContext.allowPrivilegeEscalation to false",
    ),
  ],
});
