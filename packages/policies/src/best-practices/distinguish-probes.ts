import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";

const healthy = { httpGet: { path: "/healthz", port: 8080 } };
const grpc = { grpc: { port: 5050 } };
const says = (name: string): string =>
  `container ${name} has a livenessProbe that asks the same as its readinessProbe and gives up no later`;

/** A container is restarted later than it is taken out of its Service. */
export const distinguishProbes: Policy = definePolicy({
  name: "distinguish-probes",
  title: "Distinguish liveness from readiness",
  category: "Best Practices",
  severity: "medium",
  why: "When liveness gives up as soon as readiness, an overloaded pod is restarted instead of left alone, and its load takes the next one down.",
  fix: "Give livenessProbe an endpoint of its own, or a larger failureThreshold or periodSeconds.",
  match: pods({ controllers: ["deployments", "statefulsets", "daemonsets"] }),
  variables: {
    both: cel`object.spec.containers.filter(c, has(c.livenessProbe) && has(c.readinessProbe))`,
    same: cel`variables.both.filter(c,
      c.livenessProbe.?httpGet == c.readinessProbe.?httpGet
        && c.livenessProbe.?tcpSocket == c.readinessProbe.?tcpSocket
        && c.livenessProbe.?grpc == c.readinessProbe.?grpc
        && c.livenessProbe.?exec == c.readinessProbe.?exec)`,
  },
  // The defaults of the API server: three failures, ten seconds apart.
  offenders: cel`variables.same
    .filter(c, int(c.livenessProbe.?failureThreshold.orValue(3)) * int(c.livenessProbe.?periodSeconds.orValue(10))
      <= int(c.readinessProbe.?failureThreshold.orValue(3)) * int(c.readinessProbe.?periodSeconds.orValue(10)))
    .map(c, 'container ' + c.name + ' has a livenessProbe that asks the same as its readinessProbe and gives up no later')`,
  good: [
    pod(),
    pod({ containers: [{ livenessProbe: healthy }, { readinessProbe: healthy }] }),
    pod({ containers: [{ livenessProbe: { httpGet: { path: "/livez", port: 8080 } }, readinessProbe: healthy }] }),
    pod({ containers: [{ livenessProbe: { grpc: { port: 5051 } }, readinessProbe: grpc }] }),
    pod({ containers: [{ livenessProbe: { tcpSocket: { port: 80 } }, readinessProbe: { tcpSocket: { port: 81 } } }] }),
    pod({
      containers: [
        { livenessProbe: { exec: { command: ["alive"] } }, readinessProbe: { exec: { command: ["ready"] } } },
      ],
    }),
    // 31 seconds against 30, and 40 against 30.
    pod({ containers: [{ livenessProbe: { ...grpc, failureThreshold: 1, periodSeconds: 31 }, readinessProbe: grpc }] }),
    pod({ containers: [{ livenessProbe: { ...healthy, failureThreshold: 4 }, readinessProbe: healthy }] }),
    pod({ containers: [{ livenessProbe: grpc, readinessProbe: { ...grpc, failureThreshold: 2 } }] }),
    pod({ containers: [{ livenessProbe: grpc, readinessProbe: { ...grpc, periodSeconds: 9 } }] }),
  ],
  bad: [
    violation(pod({ containers: [{ livenessProbe: healthy, readinessProbe: healthy }] }), says("app")),
    violation(
      pod({
        containers: [
          {},
          { name: "proxy", livenessProbe: grpc, readinessProbe: { ...grpc, failureThreshold: 3, periodSeconds: 10 } },
        ],
      }),
      says("proxy"),
    ),
    violation(
      pod({ containers: [{ livenessProbe: { ...healthy, failureThreshold: 2 }, readinessProbe: healthy }] }),
      says("app"),
    ),
    violation(
      pod({ containers: [{ livenessProbe: healthy, readinessProbe: { ...healthy, periodSeconds: 11 } }] }),
      says("app"),
    ),
    violation(
      pod({ containers: [{ livenessProbe: { ...healthy, periodSeconds: 5 }, readinessProbe: healthy }] }),
      says("app"),
    ),
  ],
});
