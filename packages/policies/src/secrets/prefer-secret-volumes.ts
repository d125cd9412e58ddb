import { cel } from "../admission/cel.ts";
import { cis } from "../admission/control.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";

const fromKey = { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "cart", key: "password" } } };
const says = (name: string): string => `container ${name} has a Secret in its environment`;

/** Secrets come as files. Much software knows nothing but variables, so that this is never more than a report. */
export const preferSecretVolumes: Policy = definePolicy({
  name: "prefer-secret-volumes",
  title: "Prefer Secrets as volumes",
  category: "Secrets",
  severity: "low",
  control: cis("Prefer using Secrets as files over Secrets as environment variables"),
  why: "Variables are inherited by every process, appear in crash dumps and logs, and keep the old value until the pod is made anew.",
  fix: "Mount the Secret as a volume and read the file.",
  auditOnly: true,
  match: pods(),
  offenders: cel`variables.containers
    .filter(c, c.?env.orValue([]).exists(e, e.?valueFrom.?secretKeyRef.hasValue())
      || c.?envFrom.orValue([]).exists(source, has(source.secretRef)))
    .map(c, 'container ' + c.name + ' has a Secret in its environment')`,
  good: [
    pod(),
    pod({ containers: [{ env: [{ name: "NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }] }] }),
    pod({
      containers: [
        { envFrom: [{ configMapRef: { name: "settings" } }], volumeMounts: [{ name: "secret", mountPath: "/s" }] },
      ],
      volumes: [{ name: "secret", secret: { secretName: "cart" } }],
    }),
  ],
  bad: [
    violation(pod({ containers: [{ env: [{ name: "A", value: "b" }, fromKey] }] }), says("app")),
    violation(
      pod({
        containers: [{}, { name: "proxy", envFrom: [{ configMapRef: { name: "a" } }, { secretRef: { name: "b" } }] }],
      }),
      says("proxy"),
    ),
  ],
});
