import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";

/** No container may take a port of its node. */
export const disallowHostPorts: Policy = definePolicy({
  name: "disallow-host-ports",
  title: "Disallow host ports",
  category: "Pod Security",
  severity: "medium",
  control: podSecurityControls("hostPorts"),
  why: "A host port listens on the node itself: two such pods cannot share a node, and whoever reaches the node reaches the pod.",
  fix: "Remove ports.hostPort and reach the pod through a Service.",
  match: pods(),
  offenders: cel`variables.containers
    .map(c, {
      'name': dyn(c.name),
      'taken': dyn(c.?ports.orValue([]).filter(p, p.?hostPort.orValue(0) != 0))
    })
    .filter(c, c.taken.size() > 0)
    .map(c, 'container ' + c.name + ' takes the hostPort ' + c.taken.map(p, string(p.hostPort)).join(' and '))`,
  good: [
    pod(),
    pod({ containers: [{ ports: [{ containerPort: 8080 }] }] }),
    pod({ containers: [{ ports: [{ containerPort: 8080, hostPort: 0 }] }], initContainers: [{ ports: [] }] }),
  ],
  bad: [
    violation(
      pod({ containers: [{ ports: [{ containerPort: 8080, hostPort: 8080 }] }] }),
      "container app takes the hostPort 8080",
    ),
    violation(
      pod({
        containers: [
          {
            ports: [
              { containerPort: 8080, hostPort: 80 },
              { containerPort: 9090 },
              { containerPort: 8443, hostPort: 443 },
            ],
          },
        ],
        initContainers: [{ name: "proxy", ports: [{ containerPort: 9100, hostPort: 9100 }] }],
      }),
      "container app takes the hostPort 80 and 443",
      "container proxy takes the hostPort 9100",
    ),
  ],
});
