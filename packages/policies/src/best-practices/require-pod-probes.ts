import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";

const defaults: { readonly probes: readonly ProbeName[] } = { probes: ["readinessProbe"] };

type ProbeName = "livenessProbe" | "readinessProbe" | "startupProbe";

const ports = [{ containerPort: 8080 }];
const probe = { httpGet: { path: "/healthz", port: 8080 } };
const job = { apiVersion: "batch/v1", kind: "Job", name: "import", uid: "6f0f5b1e-7c7a-4d55-8f44-3f0c4b0f9a01" };

/** Each container that is called says when it may be. Nothing is asked of Jobs, which end, nor of containers without ports, which nobody calls. */
export const requirePodProbes: ParameterizedPolicy<typeof defaults> = parameterizedPolicy({
  defaults,
  parameters: { probes: "The probes that a container with ports must have." },
  tried: [{ probes: ["readinessProbe", "livenessProbe"] }],
  policy: ({ probes }) => ({
    name: "require-pod-probes",
    title: "Require probes",
    category: "Best Practices",
    severity: "medium",
    why: "Without a readiness probe a Service sends requests to a container that is still starting, and a rollout goes on although the new pods do not answer.",
    fix: "Add the probe to the container: httpGet, grpc, tcpSocket or exec.",
    match: pods({ controllers: ["deployments", "statefulsets", "daemonsets"] }),
    variables: {
      // A template may stand without metadata, and has no owners.
      ends: cel`has(object.metadata) ? object.metadata.?ownerReferences.orValue([]).exists(o, o.kind == 'Job') : false`,
      called: cel`object.spec.containers.filter(c, c.?ports.orValue([]).size() > 0)`,
      missing: cel`variables.called.map(c, [c.name] + ${probes}.filter(probe, !c[?probe].hasValue()))`,
    },
    offenders: cel`variables.ends ? [] : variables.missing
      .filter(m, m.size() > 1)
      .map(m, 'container ' + m[0] + ' has ports and no ' + m.filter(probe, probe != m[0]).join(' and no '))`,
    good: [
      pod(),
      pod({ containers: [{ ports: [] }] }),
      pod({ ownerReferences: [job], containers: [{ ports }] }),
      pod({ containers: [{ ports, ...Object.fromEntries(probes.map((name) => [name, probe])) }, {}] }),
    ],
    bad: [
      violation(pod({ containers: [{ ports }] }), `container app has ports and no ${probes.join(" and no ")}`),
      violation(
        pod({ ownerReferences: [{ ...job, apiVersion: "apps/v1", kind: "ReplicaSet" }], containers: [{ ports }] }),
        `container app has ports and no ${probes.join(" and no ")}`,
      ),
      violation(
        pod({
          containers: [
            { ports: [], readinessProbe: probe },
            { name: "admin", ports, startupProbe: probe },
          ],
        }),
        `container admin has ports and no ${probes.join(" and no ")}`,
      ),
    ],
  }),
});
