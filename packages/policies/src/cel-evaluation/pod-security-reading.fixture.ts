import { type ContainerFixture, containersOf, type PodFixture } from "../admission/pod-fixture.ts";
import type { PodSecurityCheckId } from "../pod-security/checks.ts";
import type { PodSecurityRules } from "../pod-security/rules.ts";
import { securitySettings } from "../pod-security/second-reading.fixture.ts";

type SecurityContext = NonNullable<ContainerFixture["securityContext"]>;

const baselineCapabilities: readonly string[] = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
];

const restrictedVolumes: readonly string[] = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

const contexts = (pod: PodFixture): readonly SecurityContext[] =>
  containersOf(pod).map(({ securityContext = {} }) => securityContext);

const everySetting = (pod: PodFixture, allows: (sets: SecurityContext) => boolean): boolean =>
  securitySettings(pod).every(({ sets }) => allows(sets));

const addsOnly = (pod: PodFixture, allowed: readonly string[]): boolean =>
  contexts(pod).every(({ capabilities: { add = [] } = {} }) => add.every((name) => allowed.includes(name)));

const isWindows = (pod: PodFixture): boolean => pod.spec.os?.name === "windows";
const isApart = (pod: PodFixture, rules: PodSecurityRules): boolean =>
  rules.trustsUserNamespaces && pod.spec.hostUsers === false;

const isConfined = (type: string | undefined): boolean => type === "RuntimeDefault" || type === "Localhost";
const isNotUnconfined = (type: string | undefined): boolean => type === undefined || isConfined(type);

/**
 * The Pod Security Standards once more, in TypeScript and in no more words than their page has: true for a pod that passes the check.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const podSecurityReading: Readonly<
  Record<PodSecurityCheckId, (pod: PodFixture, rules: PodSecurityRules) => boolean>
> = {
  allowPrivilegeEscalation: (pod) =>
    isWindows(pod) || contexts(pod).every(({ allowPrivilegeEscalation }) => allowPrivilegeEscalation === false),
  appArmorProfile: (pod) =>
    everySetting(pod, ({ appArmorProfile }) => isNotUnconfined(appArmorProfile?.type)) &&
    Object.entries(pod.annotations ?? {}).every(
      ([key, value]) =>
        !key.startsWith("container.apparmor.security.beta.kubernetes.io/") ||
        value === "" ||
        value === "runtime/default" ||
        value.startsWith("localhost/"),
    ),
  capabilities_baseline: (pod) => addsOnly(pod, baselineCapabilities),
  capabilities_restricted: (pod) =>
    isWindows(pod) ||
    (addsOnly(pod, ["NET_BIND_SERVICE"]) &&
      contexts(pod).every(({ capabilities: { drop = [] } = {} }) => drop.includes("ALL"))),
  hostNamespaces: ({ spec: { hostNetwork, hostPID, hostIPC } }) => !hostNetwork && !hostPID && !hostIPC,
  hostPathVolumes: ({ spec: { volumes = [] } }) => volumes.every((volume) => !("hostPath" in volume)),
  hostPorts: (pod) => containersOf(pod).every(({ ports = [] }) => ports.every(({ hostPort = 0 }) => hostPort === 0)),
  hostProbesAndHostLifecycle: (pod) =>
    containersOf(pod)
      .flatMap(({ livenessProbe, readinessProbe, startupProbe, lifecycle }) => [
        livenessProbe,
        readinessProbe,
        startupProbe,
        lifecycle?.postStart,
        lifecycle?.preStop,
      ])
      .every((handler) => !handler?.httpGet?.host && !handler?.tcpSocket?.host),
  privileged: (pod) => contexts(pod).every(({ privileged }) => !privileged),
  procMount: (pod, rules) => isApart(pod, rules) || contexts(pod).every(({ procMount }) => procMount !== "Unmasked"),
  procMount_restricted: (pod) => contexts(pod).every(({ procMount }) => procMount !== "Unmasked"),
  restrictedVolumes: ({ spec: { volumes = [] } }) =>
    volumes.every((volume) => Object.keys(volume).every((key) => key === "name" || restrictedVolumes.includes(key))),
  runAsNonRoot: (pod, rules) =>
    isApart(pod, rules) ||
    (everySetting(pod, ({ runAsNonRoot }) => runAsNonRoot !== false) &&
      (pod.spec.securityContext?.runAsNonRoot === true ||
        contexts(pod).every(({ runAsNonRoot }) => runAsNonRoot === true))),
  runAsUser: (pod, rules) => isApart(pod, rules) || everySetting(pod, ({ runAsUser }) => runAsUser !== 0),
  seLinuxOptions: (pod, { seLinuxTypes }) =>
    everySetting(
      pod,
      ({ seLinuxOptions: { type = "", user = "", role = "" } = {} }) =>
        seLinuxTypes.includes(type) && user === "" && role === "",
    ),
  seccompProfile_baseline: (pod) => everySetting(pod, ({ seccompProfile }) => isNotUnconfined(seccompProfile?.type)),
  seccompProfile_restricted: (pod) =>
    isWindows(pod) ||
    (everySetting(pod, ({ seccompProfile }) => isNotUnconfined(seccompProfile?.type)) &&
      (isConfined(pod.spec.securityContext?.seccompProfile?.type) ||
        contexts(pod).every(({ seccompProfile }) => isConfined(seccompProfile?.type)))),
  sysctls: ({ spec: { securityContext: { sysctls = [] } = {} } }, rules) =>
    sysctls.every(({ name }) => rules.sysctls.includes(name)),
  windowsHostProcess: (pod) => everySetting(pod, ({ windowsOptions }) => !windowsOptions?.hostProcess),
};
