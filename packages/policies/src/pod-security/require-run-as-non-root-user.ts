import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";
import { type PodSecurityPolicy, podSecurityPolicy } from "./pod-security-policy.ts";
import { securityContexts } from "./pod-variables.ts";
import { unlessInUserNamespace } from "./relaxations.ts";

/** No container may choose the user 0; since Kubernetes 1.35 one in a user namespace may. */
export const requireRunAsNonRootUser: PodSecurityPolicy = podSecurityPolicy(["1.34"], (rules) => {
  const inUserNamespace = pod({ hostUsers: false, securityContext: { runAsUser: 0 } });
  return {
    name: "require-run-as-non-root-user",
    title: "Require a user other than root",
    category: "Pod Security",
    severity: "medium",
    control: podSecurityControls("runAsUser"),
    why: "The user 0 of a container is the user 0 of the node as soon as it finds a way out.",
    fix: "Set securityContext.runAsUser to another user, or remove it and let the image name one.",
    match: pods(),
    ...unlessInUserNamespace(
      rules,
      cel`variables.securityContexts
        .filter(s, s.sets.?runAsUser.orValue(1) == 0)
        .map(s, s.of + ' sets securityContext.runAsUser to 0')`,
      { securityContexts },
    ),
    good: [
      pod(),
      pod({ securityContext: { runAsUser: 65534 }, containers: [{ securityContext: { runAsUser: 1 } }] }),
      ...(rules.trustsUserNamespaces ? [inUserNamespace] : []),
    ],
    bad: [
      violation(pod({ securityContext: { runAsUser: 0 } }), "the pod sets securityContext.runAsUser to 0"),
      violation(
        pod({
          hostUsers: true,
          securityContext: { runAsUser: 1000 },
          containers: [{}, { securityContext: { runAsUser: 0 } }],
          initContainers: [{ securityContext: { runAsUser: 0 } }],
        }),
        "container app-2 sets securityContext.runAsUser to 0",
        "container init sets securityContext.runAsUser to 0",
      ),
      violation(
        pod({ ephemeralContainers: [{ securityContext: { runAsUser: 0 } }] }),
        "container debugger sets securityContext.runAsUser to 0",
      ),
      ...(rules.trustsUserNamespaces
        ? []
        : [violation(inUserNamespace, "the pod sets securityContext.runAsUser to 0")]),
    ],
  };
});
