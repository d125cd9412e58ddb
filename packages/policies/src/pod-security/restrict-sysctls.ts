import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";
import { type PodSecurityPolicy, podSecurityPolicy } from "./pod-security-policy.ts";
import { newestMinor, podSecurityRules } from "./rules.ts";

const { sysctls: newest } = podSecurityRules(newestMinor);

/** A pod may set only those sysctls that are its own and not the node's. Newer minors of Kubernetes allow more of them. */
export const restrictSysctls: PodSecurityPolicy = podSecurityPolicy(["1.36"], ({ sysctls }) => ({
  name: "restrict-sysctls",
  title: "Restrict sysctls",
  category: "Pod Security",
  severity: "high",
  control: podSecurityControls("sysctls"),
  why: "Most sysctls are the node's: setting one changes the kernel for every pod there.",
  fix: `Remove it from securityContext.sysctls; what may be set is ${sysctls.join(", ")}.`,
  match: pods(),
  offenders: cel`object.spec.?securityContext.?sysctls.orValue([])
    .filter(s, !(s.name in ${sysctls}))
    .map(s, 'the pod sets ' + s.name + ' in securityContext.sysctls')`,
  good: [
    pod(),
    pod({ securityContext: { sysctls: [] } }),
    pod({ securityContext: { sysctls: sysctls.map((name) => ({ name, value: "1" })) } }),
  ],
  bad: [
    violation(
      pod({ securityContext: { sysctls: [{ name: "kernel.msgmax", value: "65536" }] } }),
      "the pod sets kernel.msgmax in securityContext.sysctls",
    ),
    violation(
      pod({
        securityContext: {
          sysctls: [
            { name: "net.core.somaxconn", value: "1024" },
            { name: "net.ipv4.tcp_syncookies", value: "1" },
            { name: "net.ipv4.ip_forward", value: "1" },
          ],
        },
      }),
      "the pod sets net.core.somaxconn in securityContext.sysctls",
      "the pod sets net.ipv4.ip_forward in securityContext.sysctls",
    ),
    ...newest
      .filter((name) => !sysctls.includes(name))
      .map((name) =>
        violation(
          pod({ securityContext: { sysctls: [{ name, value: "1" }] } }),
          `the pod sets ${name} in securityContext.sysctls`,
        ),
      ),
  ],
}));
