import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { type PodFixture, pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";

const defaults: { readonly factor: number } = { factor: 1 };

const withMemory = (request: string, limit: string): PodFixture =>
  pod({ containers: [{ resources: { requests: { memory: request }, limits: { memory: limit } } }] });

/** Memory that a container may use is memory that the scheduler counted. */
export const limitMemoryOvercommit: ParameterizedPolicy<typeof defaults> = parameterizedPolicy({
  defaults,
  parameters: { factor: "How many times its request the limit of a container's memory may be." },
  tried: [{ factor: 2 }],
  policy: ({ factor }) => ({
    name: "limit-memory-overcommit",
    title: "Limit the overcommitment of memory",
    category: "Resources",
    severity: "medium",
    why: "Memory cannot be taken back: when containers use more than was requested, the kernel kills processes of the node, of other teams, too.",
    fix:
      factor === 1
        ? "Set resources.requests.memory to what resources.limits.memory is."
        : `Set resources.requests.memory so that resources.limits.memory is at most ${factor} times as much.`,
    match: pods(),
    variables: {
      // Ephemeral containers have no resources; a limit without a request is the request.
      both: cel`(object.spec.containers + object.spec.?initContainers.orValue([]))
        .filter(c, c.?resources.?requests.?memory.hasValue() && c.?resources.?limits.?memory.hasValue())`,
    },
    offenders: cel`variables.both
      .filter(c, quantity(string(c.resources.limits.memory)).asApproximateFloat()
        > quantity(string(c.resources.requests.memory)).asApproximateFloat() * double(${factor}))
      .map(c, 'container ' + c.name + ' may use ' + string(c.resources.limits.memory) + ' of memory and requests ' + string(c.resources.requests.memory))`,
    good: [
      pod({ containers: [{ resources: { requests: { memory: "64Mi" } } }] }),
      pod({ containers: [{ resources: { limits: { memory: "64Mi" } } }] }),
      pod({ containers: [{ resources: { requests: { cpu: "100m" }, limits: { cpu: "1" } } }] }),
      withMemory("1Gi", `${1024 * factor}Mi`),
    ],
    bad: [
      violation(withMemory("128Mi", "4Gi"), "container app may use 4Gi of memory and requests 128Mi"),
      violation(
        withMemory("1000M", `${1000 * factor + 1}M`),
        `container app may use ${1000 * factor + 1}M of memory and requests 1000M`,
      ),
      violation(
        pod({ initContainers: [{ resources: { requests: { memory: "64Mi" }, limits: { memory: "1Gi" } } }] }),
        "container init may use 1Gi of memory and requests 64Mi",
      ),
    ],
  }),
});
