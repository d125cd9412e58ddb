import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";
import { type PodSecurityPolicy, podSecurityPolicy } from "./pod-security-policy.ts";
import { unlessInUserNamespace } from "./relaxations.ts";
import { unmaskedProc } from "./unmasked-proc.ts";

const unmasked = { securityContext: { procMount: "Unmasked" } } as const;

/** No container may take the masks off /proc; since Kubernetes 1.35 one in a user namespace may. */
export const disallowProcMount: PodSecurityPolicy = podSecurityPolicy(["1.34"], (rules) => {
  const inUserNamespace = pod({ hostUsers: false, containers: [unmasked] });
  return {
    name: "disallow-proc-mount",
    title: "Disallow an unmasked /proc",
    category: "Pod Security",
    severity: "high",
    control: podSecurityControls("procMount"),
    why: "The masks hide the parts of /proc that show and change the kernel of the node.",
    fix: rules.trustsUserNamespaces
      ? "Remove securityContext.procMount, or set hostUsers to false."
      : "Remove securityContext.procMount.",
    match: pods(),
    ...unlessInUserNamespace(rules, unmaskedProc),
    good: [
      pod(),
      pod({ containers: [{ securityContext: { procMount: "Default" } }] }),
      ...(rules.trustsUserNamespaces ? [inUserNamespace] : []),
    ],
    bad: [
      violation(pod({ containers: [unmasked] }), "container app sets securityContext.procMount to Unmasked"),
      violation(
        pod({ hostUsers: true, containers: [{}], initContainers: [unmasked], ephemeralContainers: [unmasked] }),
        "container init sets securityContext.procMount to Unmasked",
        "container debugger sets securityContext.procMount to Unmasked",
      ),
      ...(rules.trustsUserNamespaces
        ? []
        : [violation(inUserNamespace, "container app sets securityContext.procMount to Unmasked")]),
    ],
  };
});
