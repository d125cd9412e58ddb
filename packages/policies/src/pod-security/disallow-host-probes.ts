import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";

/** No probe and no lifecycle hook may call another host than the pod. Kubernetes has this control since 1.34. */
export const disallowHostProbes: Policy = definePolicy({
  name: "disallow-host-probes",
  title: "Disallow hosts in probes and lifecycle hooks",
  category: "Pod Security",
  severity: "medium",
  control: podSecurityControls("hostProbesAndHostLifecycle"),
  why: "The kubelet calls the host from the node, where no network policy of the pod holds it back: a pod could have it reach whatever the node reaches.",
  fix: "Remove host: without it the kubelet calls the pod.",
  match: pods(),
  since: "1.34",
  offenders: cel`variables.containers
    .map(c, {'name': dyn(c.name), 'calls': dyn([
      {'field': dyn('livenessProbe.httpGet.host'), 'host': c.?livenessProbe.?httpGet.?host.orValue('')},
      {'field': dyn('livenessProbe.tcpSocket.host'), 'host': c.?livenessProbe.?tcpSocket.?host.orValue('')},
      {'field': dyn('readinessProbe.httpGet.host'), 'host': c.?readinessProbe.?httpGet.?host.orValue('')},
      {'field': dyn('readinessProbe.tcpSocket.host'), 'host': c.?readinessProbe.?tcpSocket.?host.orValue('')},
      {'field': dyn('startupProbe.httpGet.host'), 'host': c.?startupProbe.?httpGet.?host.orValue('')},
      {'field': dyn('startupProbe.tcpSocket.host'), 'host': c.?startupProbe.?tcpSocket.?host.orValue('')},
      {'field': dyn('lifecycle.postStart.httpGet.host'), 'host': c.?lifecycle.?postStart.?httpGet.?host.orValue('')},
      {'field': dyn('lifecycle.postStart.tcpSocket.host'), 'host': c.?lifecycle.?postStart.?tcpSocket.?host.orValue('')},
      {'field': dyn('lifecycle.preStop.httpGet.host'), 'host': c.?lifecycle.?preStop.?httpGet.?host.orValue('')},
      {'field': dyn('lifecycle.preStop.tcpSocket.host'), 'host': c.?lifecycle.?preStop.?tcpSocket.?host.orValue('')}
    ].filter(call, call.host != ''))})
    .filter(c, c.calls.size() > 0)
    .map(c, 'container ' + c.name + ' sets ' + c.calls.map(call, call.field + ' to ' + call.host).join(' and '))`,
  good: [
    pod(),
    pod({
      containers: [
        {
          livenessProbe: { httpGet: { port: 8080, path: "/healthz" } },
          readinessProbe: { tcpSocket: { port: 8080 } },
          startupProbe: { httpGet: { port: 8080, host: "" } },
          lifecycle: { preStop: { httpGet: { port: 8080, path: "/drain" } } },
        },
      ],
    }),
  ],
  bad: [
    ...(["livenessProbe", "readinessProbe", "startupProbe"] as const).flatMap((probe) =>
      (["httpGet", "tcpSocket"] as const).map((handler) =>
        violation(
          pod({ containers: [{ [probe]: { [handler]: { port: 80, host: "169.254.169.254" } } }] }),
          `container app sets ${probe}.${handler}.host to 169.254.169.254`,
        ),
      ),
    ),
    ...(["postStart", "preStop"] as const).flatMap((hook) =>
      (["httpGet", "tcpSocket"] as const).map((handler) =>
        violation(
          pod({ containers: [{ lifecycle: { [hook]: { [handler]: { port: 80, host: "127.0.0.1" } } } }] }),
          `container app sets lifecycle.${hook}.${handler}.host to 127.0.0.1`,
        ),
      ),
    ),
    violation(
      pod({
        containers: [
          {
            livenessProbe: { httpGet: { port: 80, host: "10.0.0.1" } },
            lifecycle: { preStop: { tcpSocket: { port: 80, host: "10.0.0.2" } } },
          },
        ],
        initContainers: [{ restartPolicy: "Always", startupProbe: { tcpSocket: { port: 80, host: "localhost" } } }],
      }),
      "container app sets livenessProbe.httpGet.host to 10.0.0.1 and lifecycle.preStop.tcpSocket.host to 10.0.0.2",
      "container init sets startupProbe.tcpSocket.host to localhost",
    ),
  ],
});
