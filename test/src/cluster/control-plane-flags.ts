import type { ClusterPorts } from "./free-ports.ts";

/** Where the parts of the control plane find each other. */
export interface ControlPlanePlaces {
  folder: string;
  ports: ClusterPorts;
}

/** Files in the cluster's folder. */
export const files = {
  serviceAccountKey: "service-account.key",
  tokens: "tokens.csv",
  kubeconfig: "kubeconfig.json",
  certificates: "certificates",
  /** The API server signs its certificate itself and writes it there, with the authority that signed it. */
  certificateAuthority: "certificates/apiserver.crt",
} as const;

/** Flags of etcd: one member, on loopback. Its data is thrown away, so it need not reach the disk. */
export function etcdFlags({ folder, ports }: ControlPlanePlaces): Readonly<Record<string, string>> {
  const client = `http://127.0.0.1:${ports.etcdClient}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  return {
    name: "default",
    "data-dir": `${folder}/etcd`,
    "listen-client-urls": client,
    "advertise-client-urls": client,
    "listen-peer-urls": peer,
    "initial-advertise-peer-urls": peer,
    "initial-cluster": `default=${peer}`,
    "unsafe-no-fsync": "true",
    "log-level": "warn",
  };
}

/** The admission plugins whose verdicts count. Those that Kubernetes enables by itself stay enabled beside them. */
export const admissionPlugins: readonly string[] = [
  "NodeRestriction",
  "PodSecurity",
  "ResourceQuota",
  "LimitRanger",
  "ServiceAccount",
];

/** Flags of kube-apiserver. */
export function apiServerFlags({ folder, ports }: ControlPlanePlaces): Readonly<Record<string, string>> {
  const key = `${folder}/${files.serviceAccountKey}`;
  return {
    "etcd-servers": `http://127.0.0.1:${ports.etcdClient}`,
    "bind-address": "127.0.0.1",
    "secure-port": String(ports.apiServer),
    "cert-dir": `${folder}/${files.certificates}`,
    "token-auth-file": `${folder}/${files.tokens}`,
    "service-account-issuer": "https://kubernetes.default.svc",
    "service-account-key-file": key,
    "service-account-signing-key-file": key,
    "service-cluster-ip-range": "10.0.0.0/16",
    "authorization-mode": "RBAC",
    "enable-admission-plugins": admissionPlugins.join(","),
    // Else validation refuses each privileged pod, before Pod Security admission has its say.
    "allow-privileged": "true",
    // A judge asks as fast as it can; it should not be told to slow down.
    "enable-priority-and-fairness": "false",
    "max-requests-inflight": "0",
    "max-mutating-requests-inflight": "0",
    profiling: "false",
  };
}

/**
 * The API server collects its garbage less often than Go's default of 100: that costs about 100 MB and saves a third of the processor
 * time while custom resource definitions are installed (measured with 54 of them).
 */
export const apiServerEnvironment: Readonly<Record<string, string>> = { GOGC: "400" };

/** Flags of kube-controller-manager. It listens on no port and does not compete to lead. */
export function controllerManagerFlags({ folder }: ControlPlanePlaces): Readonly<Record<string, string>> {
  return {
    kubeconfig: `${folder}/${files.kubeconfig}`,
    "service-account-private-key-file": `${folder}/${files.serviceAccountKey}`,
    "root-ca-file": `${folder}/${files.certificateAuthority}`,
    // Else it makes a folder of that name under /usr.
    "flex-volume-plugin-dir": `${folder}/flexvolume`,
    "leader-elect": "false",
    "secure-port": "0",
    profiling: "false",
  };
}
