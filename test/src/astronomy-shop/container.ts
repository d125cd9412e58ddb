import { parseQuantity } from "@plinth/core";
import { Size } from "cdk8s";
import {
  Capability,
  type ContainerResources,
  type ContainerSecurityContextProps,
  Cpu,
  type PodSecurityContextProps,
  SeccompProfileType,
} from "cdk8s-plus-34";

/** The user of every image of the shop: no name in the image, so that `runAsNonRoot` can be checked. */
const user = 10_001;

/** What the Pod Security level `restricted` asks of a container, and a root filesystem that nobody writes. */
export const hardened: ContainerSecurityContextProps = {
  user,
  group: user,
  ensureNonRoot: true,
  privileged: false,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: [Capability.ALL] },
  seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
};

/** What it asks of a pod. */
export const hardenedPod: PodSecurityContextProps = { user, group: user, fsGroup: user, ensureNonRoot: true };

/** Kubernetes quantities as cdk8s-plus takes them. Memory is limited to what is requested; CPU has no limit, which would throttle on an idle node. */
export function resourcesOf(needs: { readonly cpu: string; readonly memory: string }): ContainerResources {
  const memory = Size.mebibytes(inUnitsOf(needs.memory, 1024n * 1024n));
  return { cpu: { request: Cpu.millis(inUnitsOf(needs.cpu, 1n, 1000n)) }, memory: { request: memory, limit: memory } };
}

/** The quantity in units, rounded up. */
function inUnitsOf(text: string, unit: bigint, parts = 1n): number {
  const quantity = parseQuantity(text);
  if (quantity === undefined) throw new RangeError(`${JSON.stringify(text)} is not a Kubernetes quantity`);
  const billionths = unit * 1_000_000_000n;
  return Number((quantity.nanos * parts + billionths - 1n) / billionths);
}
