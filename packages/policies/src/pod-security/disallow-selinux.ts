import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";
import { type PodSecurityPolicy, podSecurityPolicy } from "./pod-security-policy.ts";
import { securityContexts } from "./pod-variables.ts";
import { newestMinor, podSecurityRules } from "./rules.ts";

const { seLinuxTypes: newest } = podSecurityRules(newestMinor);

/** No container may choose an SELinux user or role, nor a type other than those of containers. */
export const disallowSelinux: PodSecurityPolicy = podSecurityPolicy(["1.30"], ({ seLinuxTypes }) => ({
  name: "disallow-selinux",
  title: "Disallow SELinux options",
  category: "Pod Security",
  severity: "high",
  control: podSecurityControls("seLinuxOptions"),
  why: "The SELinux type keeps a container from the files of its node and of other containers; another type, user or role lifts that.",
  fix: `Remove the field; seLinuxOptions.type may also be ${seLinuxTypes.filter((type) => type !== "").join(", ")}.`,
  match: pods(),
  variables: {
    securityContexts,
    options: cel`variables.securityContexts
      .map(s, {'of': s.of, 'sets': s.sets.?seLinuxOptions.orValue({})})`,
  },
  offenders: cel`variables.options
    .filter(s, !(s.sets.?type.orValue('') in ${seLinuxTypes}))
    .map(s, s.of + ' sets securityContext.seLinuxOptions.type to ' + s.sets.type)
    + variables.options
    .filter(s, s.sets.?user.orValue('') != '')
    .map(s, s.of + ' sets securityContext.seLinuxOptions.user to ' + s.sets.user)
    + variables.options
    .filter(s, s.sets.?role.orValue('') != '')
    .map(s, s.of + ' sets securityContext.seLinuxOptions.role to ' + s.sets.role)`,
  good: [
    pod(),
    pod({ securityContext: { seLinuxOptions: { type: "", user: "", role: "" } } }),
    ...seLinuxTypes.map((type) => pod({ containers: [{ securityContext: { seLinuxOptions: { type } } }] })),
  ],
  bad: [
    violation(
      pod({ securityContext: { seLinuxOptions: { type: "spc_t" } } }),
      "the pod sets securityContext.seLinuxOptions.type to spc_t",
    ),
    violation(
      pod({ containers: [{ securityContext: { seLinuxOptions: { user: "system_u" } } }] }),
      "container app sets securityContext.seLinuxOptions.user to system_u",
    ),
    violation(
      pod({ initContainers: [{ securityContext: { seLinuxOptions: { role: "sysadm_r" } } }] }),
      "container init sets securityContext.seLinuxOptions.role to sysadm_r",
    ),
    violation(
      pod({
        ephemeralContainers: [
          { securityContext: { seLinuxOptions: { type: "unconfined_t", user: "root", role: "system_r" } } },
        ],
      }),
      "container debugger sets securityContext.seLinuxOptions.type to unconfined_t",
      "container debugger sets securityContext.seLinuxOptions.user to root",
      "container debugger sets securityContext.seLinuxOptions.role to system_r",
    ),
    ...newest
      .filter((type) => !seLinuxTypes.includes(type))
      .map((type) =>
        violation(
          pod({ securityContext: { seLinuxOptions: { type } } }),
          `the pod sets securityContext.seLinuxOptions.type to ${type}`,
        ),
      ),
  ],
}));
