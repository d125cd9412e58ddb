import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";

/** No pod may mount a folder of its node. */
export const disallowHostPath: Policy = definePolicy({
  name: "disallow-host-path",
  title: "Disallow hostPath volumes",
  category: "Pod Security",
  severity: "high",
  control: podSecurityControls("hostPathVolumes"),
  why: "A folder of the node is a way to its credentials and to the pods of others, and the data stays behind when the pod moves.",
  fix: "Use an emptyDir, a configMap, or a persistentVolumeClaim instead.",
  match: pods(),
  offenders: cel`variables.volumes
    .filter(v, has(v.hostPath))
    .map(v, 'volume ' + v.name + ' is the hostPath ' + v.hostPath.path)`,
  good: [
    pod(),
    pod({ volumes: [] }),
    pod({
      volumes: [
        { name: "scratch", emptyDir: {} },
        { name: "settings", configMap: { name: "settings" } },
      ],
    }),
  ],
  bad: [
    violation(
      pod({ volumes: [{ name: "logs", hostPath: { path: "/var/log" } }] }),
      "volume logs is the hostPath /var/log",
    ),
    violation(
      pod({
        volumes: [
          { name: "scratch", emptyDir: {} },
          { name: "socket", hostPath: { path: "/run/containerd/containerd.sock", type: "Socket" } },
          { name: "root", hostPath: { path: "/", type: "Directory" } },
        ],
      }),
      "volume socket is the hostPath /run/containerd/containerd.sock",
      "volume root is the hostPath /",
    ),
  ],
});
