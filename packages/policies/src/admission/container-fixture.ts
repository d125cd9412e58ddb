/** The fields of a container that policies read. */
export interface ContainerFixture {
  readonly name?: string;
  readonly image?: string;
  readonly imagePullPolicy?: "Always" | "IfNotPresent" | "Never";
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvironmentVariableFixture[];
  readonly envFrom?: readonly EnvironmentSourceFixture[];
  readonly securityContext?: SecurityContextFixture;
  readonly resources?: ResourcesFixture;
  readonly ports?: readonly PortFixture[];
  readonly volumeMounts?: readonly VolumeMountFixture[];
  readonly livenessProbe?: ProbeFixture;
  readonly readinessProbe?: ProbeFixture;
  readonly startupProbe?: ProbeFixture;
  readonly lifecycle?: { readonly postStart?: HandlerFixture; readonly preStop?: HandlerFixture };
  /** Of an init container that runs beside the others, `Always`. */
  readonly restartPolicy?: "Always";
}

export interface ResourcesFixture {
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
}

export interface PortFixture {
  readonly name?: string;
  readonly containerPort: number;
  readonly hostPort?: number;
  readonly hostIP?: string;
  readonly protocol?: "TCP" | "UDP" | "SCTP";
}

export interface VolumeMountFixture {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
  readonly subPath?: string;
  readonly mountPropagation?: "None" | "HostToContainer" | "Bidirectional";
}

export interface EnvironmentVariableFixture {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly secretKeyRef?: { readonly name: string; readonly key: string; readonly optional?: boolean };
    readonly configMapKeyRef?: { readonly name: string; readonly key: string };
    readonly fieldRef?: { readonly fieldPath: string };
  };
}

export interface EnvironmentSourceFixture {
  readonly prefix?: string;
  readonly secretRef?: { readonly name: string };
  readonly configMapRef?: { readonly name: string };
}

interface AddressFixture {
  readonly host?: string;
  readonly port: number | string;
}

/** What a probe or a hook of the lifecycle does. */
export interface HandlerFixture {
  readonly httpGet?: AddressFixture & { readonly path?: string; readonly scheme?: "HTTP" | "HTTPS" };
  readonly tcpSocket?: AddressFixture;
  readonly exec?: { readonly command: readonly string[] };
  readonly sleep?: { readonly seconds: number };
}

export interface ProbeFixture extends Omit<HandlerFixture, "sleep"> {
  readonly grpc?: { readonly port: number; readonly service?: string };
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly failureThreshold?: number;
  readonly successThreshold?: number;
  readonly terminationGracePeriodSeconds?: number;
}

export interface ProfileFixture {
  readonly type: "RuntimeDefault" | "Localhost" | "Unconfined";
  readonly localhostProfile?: string;
}

interface SharedSecurityContextFixture {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly seLinuxOptions?: {
    readonly type?: string;
    readonly user?: string;
    readonly role?: string;
    readonly level?: string;
  };
  readonly seccompProfile?: ProfileFixture;
  readonly appArmorProfile?: ProfileFixture;
  readonly windowsOptions?: { readonly hostProcess?: boolean; readonly runAsUserName?: string };
}

export interface SecurityContextFixture extends SharedSecurityContextFixture {
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly procMount?: "Default" | "Unmasked";
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
}

export interface PodSecurityContextFixture extends SharedSecurityContextFixture {
  readonly fsGroup?: number;
  readonly supplementalGroups?: readonly number[];
  readonly sysctls?: readonly { readonly name: string; readonly value: string }[];
}
