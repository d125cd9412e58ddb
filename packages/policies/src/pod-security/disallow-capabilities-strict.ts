import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { addedCapabilities } from "./added-capabilities.ts";
import { podSecurityControls } from "./checks.ts";
import { unlessOnWindows } from "./relaxations.ts";

const dropsAll = { securityContext: { capabilities: { drop: ["ALL"] } } } as const;

/** Every container must drop all capabilities, and may take back only the one for ports below 1024. */
export const disallowCapabilitiesStrict: Policy = definePolicy({
  name: "disallow-capabilities-strict",
  title: "Require that all capabilities are dropped",
  category: "Pod Security",
  severity: "medium",
  control: podSecurityControls("capabilities_restricted"),
  why: "What a runtime gives a container is more than a service needs: with it, root in the container may change files, users and sockets at will.",
  fix: 'Set securityContext.capabilities.drop of the container to ["ALL"]; add nothing, or NET_BIND_SERVICE alone.',
  match: pods(),
  ...unlessOnWindows(cel`variables.containers
    .filter(c, !('ALL' in c.?securityContext.?capabilities.?drop.orValue([])))
    .map(c, 'container ' + c.name + ' does not drop ALL in securityContext.capabilities.drop')
    + ${addedCapabilities(["NET_BIND_SERVICE"])}`),
  good: [
    pod({ containers: [dropsAll], initContainers: [dropsAll], ephemeralContainers: [dropsAll] }),
    pod({
      containers: [
        { securityContext: { capabilities: { drop: ["NET_RAW", "ALL"], add: ["NET_BIND_SERVICE"] } } },
        { securityContext: { capabilities: { drop: ["ALL"], add: [] } } },
      ],
    }),
    pod({ os: { name: "windows" } }),
  ],
  bad: [
    violation(pod(), "container app does not drop ALL in securityContext.capabilities.drop"),
    violation(
      pod({
        os: { name: "linux" },
        containers: [{ securityContext: { capabilities: { drop: ["NET_RAW"], add: ["NET_BIND_SERVICE"] } } }],
      }),
      "container app does not drop ALL in securityContext.capabilities.drop",
    ),
    violation(
      pod({
        containers: [
          { securityContext: { capabilities: { drop: ["ALL"], add: ["CHOWN", "NET_BIND_SERVICE", "SETUID"] } } },
        ],
        initContainers: [{}],
      }),
      "container init does not drop ALL in securityContext.capabilities.drop",
      "container app adds CHOWN and SETUID in securityContext.capabilities.add",
    ),
    violation(
      pod({ containers: [{ securityContext: { capabilities: { drop: ["ALL"], add: ["NET_RAW"] } } }] }),
      "container app adds NET_RAW in securityContext.capabilities.add",
    ),
    violation(
      pod({ containers: [dropsAll], ephemeralContainers: [{}] }),
      "container debugger does not drop ALL in securityContext.capabilities.drop",
    ),
  ],
});
