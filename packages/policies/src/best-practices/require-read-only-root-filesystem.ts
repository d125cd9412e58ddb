import { cel } from "../admission/cel.ts";
import { nsa } from "../admission/control.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";

const readOnly = { securityContext: { readOnlyRootFilesystem: true } };
const says = (name: string): string => `container ${name} does not set securityContext.readOnlyRootFilesystem to true`;

/** Nobody changes what a container was built with. Containers of Windows cannot do without writing. */
export const requireReadOnlyRootFilesystem: Policy = definePolicy({
  name: "require-read-only-root-filesystem",
  title: "Require a read-only root filesystem",
  category: "Best Practices",
  severity: "medium",
  control: nsa("Immutable container file systems"),
  why: "Whoever breaks into a container that can write brings his tools along and stays in it; what the container itself writes is lost without notice.",
  fix: "Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where the container writes.",
  match: pods(),
  variables: {
    // A debugger brings its own tools: that is what it is for.
    running: cel`object.spec.?os.?name.orValue('linux') == 'windows' ? []
      : object.spec.containers + object.spec.?initContainers.orValue([])`,
  },
  offenders: cel`variables.running
    .filter(c, !c.?securityContext.?readOnlyRootFilesystem.orValue(false))
    .map(c, 'container ' + c.name + ' does not set securityContext.readOnlyRootFilesystem to true')`,
  good: [
    pod({ containers: [readOnly] }),
    pod({ os: { name: "windows" } }),
    pod({ containers: [readOnly], ephemeralContainers: [{}] }),
    pod({ os: { name: "linux" }, containers: [readOnly], initContainers: [readOnly] }),
  ],
  bad: [
    violation(pod(), says("app")),
    violation(pod({ containers: [{ securityContext: { readOnlyRootFilesystem: false } }] }), says("app")),
    violation(pod({ os: { name: "linux" }, containers: [readOnly], initContainers: [{}] }), says("init")),
    violation(
      pod({ containers: [readOnly, { name: "proxy", securityContext: {} }, { name: "log" }] }),
      says("proxy"),
      says("log"),
    ),
  ],
});
