import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";
import { type PodSecurityPolicy, podSecurityPolicy } from "./pod-security-policy.ts";
import { securityContexts } from "./pod-variables.ts";
import { unlessInUserNamespace } from "./relaxations.ts";

const yes = { runAsNonRoot: true } as const;
const no = { runAsNonRoot: false } as const;

/** Every container must say that it does not run as root, itself or through the pod; since Kubernetes 1.35 one in a user namespace need not. */
export const requireRunAsNonroot: PodSecurityPolicy = podSecurityPolicy(["1.34"], (rules) => {
  const inUserNamespace = pod({ hostUsers: false, securityContext: no });
  return {
    name: "require-run-as-nonroot",
    title: "Require runAsNonRoot",
    category: "Pod Security",
    severity: "medium",
    control: podSecurityControls("runAsNonRoot"),
    why: "Root in a container is root on the node as soon as it finds a way out; the kubelet refuses to start it when runAsNonRoot is set.",
    fix: "Set securityContext.runAsNonRoot of the pod to true, and false nowhere.",
    match: pods(),
    ...unlessInUserNamespace(
      rules,
      cel`variables.securityContexts
        .filter(s, !s.sets.?runAsNonRoot.orValue(true))
        .map(s, s.of + ' sets securityContext.runAsNonRoot to false')
        + (has(object.spec.securityContext) && has(object.spec.securityContext.runAsNonRoot) ? [] : variables.containers)
        .filter(c, !has(c.securityContext) || !has(c.securityContext.runAsNonRoot))
        .map(c, 'container ' + c.name + ' does not set securityContext.runAsNonRoot, nor does the pod')`,
      { securityContexts },
    ),
    good: [
      pod({ securityContext: yes }),
      pod({ securityContext: yes, containers: [{ securityContext: yes }] }),
      pod({ containers: [{ securityContext: yes }], initContainers: [{ securityContext: yes }] }),
      ...(rules.trustsUserNamespaces ? [inUserNamespace] : []),
    ],
    bad: [
      violation(pod(), "container app does not set securityContext.runAsNonRoot, nor does the pod"),
      violation(
        pod({ hostUsers: true, securityContext: {}, containers: [{ securityContext: {} }] }),
        "container app does not set securityContext.runAsNonRoot, nor does the pod",
      ),
      violation(
        pod({ securityContext: yes, containers: [{ securityContext: no }], initContainers: [{}] }),
        "container app sets securityContext.runAsNonRoot to false",
      ),
      violation(
        pod({ containers: [{ securityContext: yes }], initContainers: [{}, { securityContext: no }] }),
        "container init-2 sets securityContext.runAsNonRoot to false",
        "container init does not set securityContext.runAsNonRoot, nor does the pod",
      ),
      violation(
        pod({ securityContext: no, containers: [{ securityContext: yes }] }),
        "the pod sets securityContext.runAsNonRoot to false",
      ),
      violation(
        pod({ containers: [{ securityContext: yes }], ephemeralContainers: [{}] }),
        "container debugger does not set securityContext.runAsNonRoot, nor does the pod",
      ),
      ...(rules.trustsUserNamespaces
        ? []
        : [violation(inUserNamespace, "the pod sets securityContext.runAsNonRoot to false")]),
    ],
  };
});
