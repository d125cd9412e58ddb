import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";
import { unmaskedProc } from "./unmasked-proc.ts";

const unmasked = { securityContext: { procMount: "Unmasked" } } as const;

/** No container may take the masks off /proc, not even in a user namespace. Kubernetes has this control since 1.35. */
export const disallowProcMountStrict: Policy = definePolicy({
  name: "disallow-proc-mount-strict",
  title: "Disallow an unmasked /proc, also in user namespaces",
  category: "Pod Security",
  severity: "medium",
  control: podSecurityControls("procMount_restricted"),
  why: "The masks hide the parts of /proc that show and change the kernel of the node, which a user namespace shares.",
  fix: "Remove securityContext.procMount.",
  match: pods(),
  since: "1.35",
  offenders: unmaskedProc,
  good: [pod(), pod({ hostUsers: false, containers: [{ securityContext: { procMount: "Default" } }] })],
  bad: [
    violation(
      pod({ hostUsers: false, containers: [unmasked] }),
      "container app sets securityContext.procMount to Unmasked",
    ),
    violation(
      pod({ hostUsers: false, initContainers: [unmasked] }),
      "container init sets securityContext.procMount to Unmasked",
    ),
  ],
});
