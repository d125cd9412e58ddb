import fc from "fast-check";
import {
  type ContainerFixture,
  type PodFixture,
  type PodFixtureInput,
  pod,
  type VolumeFixture,
} from "../admission/pod-fixture.ts";

type PodContext = NonNullable<PodFixtureInput["securityContext"]>;
type ContainerContext = NonNullable<ContainerFixture["securityContext"]>;
type Handler = Pick<NonNullable<ContainerFixture["livenessProbe"]>, "httpGet" | "tcpSocket" | "exec">;

// Every field may be left out, and most values are harmless: each check is to see pods that pass it and pods that do not.
const optional = { requiredKeys: [] };

const profile = fc.record({ type: fc.constantFrom("RuntimeDefault", "Localhost", "RuntimeDefault", "Unconfined") });

const shared = {
  runAsUser: fc.constantFrom(1000, 1, 1000, 0),
  runAsNonRoot: fc.constantFrom(true, true, true, false),
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions: fc.record(
    {
      type: fc.constantFrom("", "container_t", "container_engine_t", "container_kvm_t", "spc_t"),
      user: fc.constantFrom("", "", "", "system_u"),
      role: fc.constantFrom("", "", "", "sysadm_r"),
      level: fc.constant("s0"),
    },
    optional,
  ),
  windowsOptions: fc.record({ hostProcess: fc.constantFrom(false, false, true) }, optional),
};

const names = fc.constantFrom("NET_BIND_SERVICE", "NET_BIND_SERVICE", "CHOWN", "KILL", "NET_RAW", "ALL", "chown");

const containerContext: fc.Arbitrary<ContainerContext> = fc.record(
  {
    ...shared,
    privileged: fc.constantFrom(false, false, true),
    allowPrivilegeEscalation: fc.constantFrom(false, false, false, true),
    procMount: fc.constantFrom("Default", "Default", "Unmasked"),
    capabilities: fc.record(
      {
        add: fc.array(names, { maxLength: 2 }),
        drop: fc.array(fc.constantFrom("ALL", "ALL", "NET_RAW", "all"), { maxLength: 2 }),
      },
      optional,
    ),
  },
  optional,
);

const podContext: fc.Arbitrary<PodContext> = fc.record(
  {
    ...shared,
    sysctls: fc.array(
      fc.record({
        name: fc.constantFrom(
          "kernel.shm_rmid_forced",
          "net.ipv4.tcp_syncookies",
          "net.ipv4.tcp_rmem",
          "net.ipv4.tcp_notsent_lowat",
          "net.core.somaxconn",
        ),
        value: fc.constant("1"),
      }),
      { maxLength: 2 },
    ),
  },
  optional,
);

const address = fc.record(
  { port: fc.constant(80), host: fc.constantFrom("", "", "127.0.0.1") },
  { requiredKeys: ["port"] },
);
const handler: fc.Arbitrary<Handler> = fc.oneof(
  fc.record({ httpGet: address }),
  fc.record({ tcpSocket: address }),
  fc.constant({ exec: { command: ["true"] } }),
);

const ephemeralContainer = fc.record(
  { securityContext: containerContext, livenessProbe: handler, readinessProbe: handler, startupProbe: handler },
  optional,
);

const container: fc.Arbitrary<ContainerFixture> = fc.record(
  {
    securityContext: containerContext,
    ports: fc.array(
      fc.record(
        { containerPort: fc.constant(80), hostPort: fc.constantFrom(0, 0, 80) },
        { requiredKeys: ["containerPort"] },
      ),
      { maxLength: 2 },
    ),
    livenessProbe: handler,
    readinessProbe: handler,
    startupProbe: handler,
    lifecycle: fc.record({ postStart: handler, preStop: handler }, optional),
  },
  optional,
);

const volume: fc.Arbitrary<VolumeFixture> = fc.constantFrom<VolumeFixture>(
  { name: "v", emptyDir: {} },
  { name: "v", configMap: { name: "settings" } },
  { name: "v", secret: { secretName: "password" } },
  { name: "v", image: { reference: "registry.example.com/shop/data:1.0.0" } },
  { name: "v", hostPath: { path: "/" } },
  { name: "v", nfs: { server: "nfs.example.com", path: "/" } },
);

const annotations = fc.dictionary(
  fc.constantFrom("container.apparmor.security.beta.kubernetes.io/app", "example.com/note"),
  fc.constantFrom("", "runtime/default", "localhost/shop", "unconfined"),
  { maxKeys: 2 },
);

/** Pods that set what the Pod Security Standards speak of, in every place where it may stand. */
export const randomPod: fc.Arbitrary<PodFixture> = fc
  .record(
    {
      annotations,
      containers: fc.tuple(container, container),
      initContainers: fc.array(container, { maxLength: 1 }),
      ephemeralContainers: fc.array(ephemeralContainer, { maxLength: 1 }),
      volumes: fc.array(volume, { maxLength: 2 }),
      hostNetwork: fc.constantFrom(false, false, true),
      hostPID: fc.constantFrom(false, false, true),
      hostIPC: fc.constantFrom(false, false, true),
      hostUsers: fc.boolean(),
      os: fc.record({ name: fc.constantFrom("linux", "linux", "windows") }),
      securityContext: podContext,
    },
    optional,
  )
  .map((input) => pod(input));
