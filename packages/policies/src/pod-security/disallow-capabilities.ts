import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { addedCapabilities } from "./added-capabilities.ts";
import { podSecurityControls } from "./checks.ts";

/** What container runtimes give a container anyway, without NET_RAW. */
const usual = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
] as const;

/** No container may add capabilities beyond the usual ones. */
export const disallowCapabilities: Policy = definePolicy({
  name: "disallow-capabilities",
  title: "Disallow capabilities",
  category: "Pod Security",
  severity: "high",
  control: podSecurityControls("capabilities_baseline"),
  why: "A capability such as SYS_ADMIN or NET_RAW is a part of root: it leads out of the container, or into the traffic of others.",
  fix: `Remove it from securityContext.capabilities.add: what may be added is ${usual.join(", ")}.`,
  match: pods(),
  offenders: addedCapabilities(usual),
  good: [
    pod(),
    pod({ containers: [{ securityContext: { capabilities: {} } }] }),
    pod({ containers: [{ securityContext: { capabilities: { add: usual, drop: ["ALL"] } } }] }),
  ],
  bad: [
    violation(
      pod({ containers: [{ securityContext: { capabilities: { add: ["NET_RAW"] } } }] }),
      "container app adds NET_RAW in securityContext.capabilities.add",
    ),
    violation(
      pod({
        containers: [{ securityContext: { capabilities: { add: ["CHOWN", "SYS_ADMIN", "ALL"] } } }],
        initContainers: [{ securityContext: { capabilities: { add: ["chown"] } } }],
      }),
      "container app adds SYS_ADMIN and ALL in securityContext.capabilities.add",
      "container init adds chown in securityContext.capabilities.add",
    ),
    violation(
      pod({ ephemeralContainers: [{ securityContext: { capabilities: { add: ["SYS_PTRACE"] } } }] }),
      "container debugger adds SYS_PTRACE in securityContext.capabilities.add",
    ),
  ],
});
