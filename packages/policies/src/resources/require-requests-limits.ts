import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";

const everything =
  "container app lacks resources.requests.cpu and resources.requests.memory and resources.limits.memory";

/** Each container says what it needs, and where its memory ends. */
export const requireRequestsLimits: Policy = definePolicy({
  name: "require-requests-limits",
  title: "Require requests and limits",
  category: "Resources",
  severity: "medium",
  why: "Without requests the scheduler packs by guessed defaults; without a memory limit one leak takes the other pods of the node along.",
  fix: "Set resources.requests.cpu, resources.requests.memory and resources.limits.memory on each container, or on the pod.",
  match: pods(),
  variables: {
    // Ephemeral containers may not have resources.
    running: cel`object.spec.containers + object.spec.?initContainers.orValue([])`,
    // A limit counts as the request where there is none, and what the pod says holds for all of its containers:
    // https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
    requestsCpu: cel`object.spec.?resources.?requests.?cpu.hasValue() || object.spec.?resources.?limits.?cpu.hasValue()`,
    requestsMemory: cel`object.spec.?resources.?requests.?memory.hasValue() || object.spec.?resources.?limits.?memory.hasValue()`,
    limitsMemory: cel`object.spec.?resources.?limits.?memory.hasValue()`,
    missing: cel`variables.running.map(c, [c.name]
      + (variables.requestsCpu || c.?resources.?requests.?cpu.hasValue() || c.?resources.?limits.?cpu.hasValue() ? [] : ['resources.requests.cpu'])
      + (variables.requestsMemory || c.?resources.?requests.?memory.hasValue() || c.?resources.?limits.?memory.hasValue() ? [] : ['resources.requests.memory'])
      + (variables.limitsMemory || c.?resources.?limits.?memory.hasValue() ? [] : ['resources.limits.memory']))`,
  },
  offenders: cel`variables.missing
    .filter(m, m.size() > 1)
    .map(m, 'container ' + m[0] + ' lacks ' + m.filter(field, field != m[0]).join(' and '))`,
  good: [
    pod(),
    pod({
      containers: [
        { resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { cpu: "1", memory: "128Mi" } } },
        {},
      ],
      initContainers: [{}],
    }),
    pod({ containers: [{ resources: { limits: { cpu: "1", memory: "128Mi" } } }] }),
    pod({
      containers: [{ resources: {} }],
      resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "128Mi" } },
    }),
    pod({ containers: [{ resources: { requests: { cpu: "100m" } } }], resources: { limits: { memory: "128Mi" } } }),
    // The pod's limits count as its requests, too.
    pod({ containers: [{ resources: {} }], resources: { limits: { cpu: "1", memory: "128Mi" } } }),
    pod({ ephemeralContainers: [{}] }),
  ],
  bad: [
    violation(
      pod({ containers: [{ resources: { requests: { cpu: "100m" } } }], resources: { requests: { memory: "64Mi" } } }),
      "container app lacks resources.limits.memory",
    ),
    violation(pod({ containers: [{ resources: {} }] }), everything),
    violation(
      pod({ containers: [{ resources: { requests: { cpu: "100m", memory: "64Mi" } } }] }),
      "container app lacks resources.limits.memory",
    ),
    violation(
      pod({ containers: [{ resources: { requests: { memory: "64Mi" }, limits: { memory: "64Mi" } } }] }),
      "container app lacks resources.requests.cpu",
    ),
    violation(
      pod({ containers: [{ resources: { requests: { cpu: "100m" } } }] }),
      "container app lacks resources.requests.memory and resources.limits.memory",
    ),
    violation(
      pod({ initContainers: [{ name: "migrate", resources: { limits: { memory: "64Mi" } } }] }),
      "container migrate lacks resources.requests.cpu",
    ),
    violation(
      pod({ containers: [{ resources: {} }], resources: { requests: { cpu: "1" } } }),
      "container app lacks resources.requests.memory and resources.limits.memory",
    ),
    violation(
      pod({
        containers: [
          { resources: {} },
          { name: "proxy", resources: { requests: { cpu: "100m" }, limits: { memory: "64Mi" } } },
          { name: "job", resources: { limits: { cpu: "1" } } },
        ],
      }),
      everything,
      "container job lacks resources.requests.memory and resources.limits.memory",
    ),
  ],
});
