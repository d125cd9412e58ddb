import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";
import { securityContexts } from "./pod-variables.ts";

const hostProcess = { windowsOptions: { hostProcess: true, runAsUserName: "NT AUTHORITY\\Local service" } } as const;

/** No container of Windows may be a process of its node. */
export const disallowHostProcess: Policy = definePolicy({
  name: "disallow-host-process",
  title: "Disallow Windows HostProcess containers",
  category: "Pod Security",
  severity: "high",
  control: podSecurityControls("windowsHostProcess"),
  why: "A HostProcess container of Windows is no container: it runs on the node, with the rights of a user of the node.",
  fix: "Remove securityContext.windowsOptions.hostProcess, or set it to false.",
  match: pods(),
  variables: { securityContexts },
  offenders: cel`variables.securityContexts
    .filter(s, s.sets.?windowsOptions.?hostProcess.orValue(false))
    .map(s, s.of + ' sets securityContext.windowsOptions.hostProcess')`,
  good: [
    pod(),
    pod({ securityContext: { windowsOptions: {} }, containers: [{ securityContext: {} }] }),
    pod({
      securityContext: { windowsOptions: { hostProcess: false } },
      containers: [{ securityContext: { windowsOptions: { hostProcess: false } } }],
    }),
  ],
  // The API server wants the network of the node, and all containers of the pod to be of one sort.
  bad: [
    violation(
      pod({ hostNetwork: true, securityContext: hostProcess }),
      "the pod sets securityContext.windowsOptions.hostProcess",
    ),
    violation(
      pod({
        hostNetwork: true,
        containers: [{ securityContext: hostProcess }, { name: "agent", securityContext: hostProcess }],
      }),
      "container app sets securityContext.windowsOptions.hostProcess",
      "container agent sets securityContext.windowsOptions.hostProcess",
    ),
    violation(
      pod({
        hostNetwork: true,
        containers: [{ securityContext: hostProcess }],
        initContainers: [{ securityContext: hostProcess }],
        ephemeralContainers: [{ securityContext: hostProcess }],
      }),
      "container app sets securityContext.windowsOptions.hostProcess",
      "container init sets securityContext.windowsOptions.hostProcess",
      "container debugger sets securityContext.windowsOptions.hostProcess",
    ),
  ],
});
