import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";

/** No pod may share the network, the processes or the memory of its node. */
export const disallowHostNamespaces: Policy = definePolicy({
  name: "disallow-host-namespaces",
  title: "Disallow host namespaces",
  category: "Pod Security",
  severity: "high",
  control: podSecurityControls("hostNamespaces"),
  why: "A pod in the namespaces of its node sees its processes, its memory and its traffic, and no network policy holds it.",
  fix: "Remove the field: a Service reaches the pod, a shared volume its neighbours.",
  match: pods(),
  offenders: cel`(object.spec.?hostNetwork.orValue(false) ? ['hostNetwork is true'] : [])
    + (object.spec.?hostPID.orValue(false) ? ['hostPID is true'] : [])
    + (object.spec.?hostIPC.orValue(false) ? ['hostIPC is true'] : [])`,
  good: [pod(), pod({ hostNetwork: false, hostPID: false, hostIPC: false })],
  bad: [
    violation(pod({ hostNetwork: true }), "hostNetwork is true"),
    violation(pod({ hostPID: true }), "hostPID is true"),
    violation(pod({ hostIPC: true }), "hostIPC is true"),
    violation(pod({ hostNetwork: true, hostPID: false, hostIPC: true }), "hostNetwork is true", "hostIPC is true"),
  ],
});
