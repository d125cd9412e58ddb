import type { Policy } from "../admission/policy.ts";
import { disallowCapabilities } from "./disallow-capabilities.ts";
import { disallowCapabilitiesStrict } from "./disallow-capabilities-strict.ts";
import { disallowHostNamespaces } from "./disallow-host-namespaces.ts";
import { disallowHostPath } from "./disallow-host-path.ts";
import { disallowHostPorts } from "./disallow-host-ports.ts";
import { disallowHostProbes } from "./disallow-host-probes.ts";
import { disallowHostProcess } from "./disallow-host-process.ts";
import { disallowPrivilegeEscalation } from "./disallow-privilege-escalation.ts";
import { disallowPrivilegedContainers } from "./disallow-privileged-containers.ts";
import { disallowProcMount } from "./disallow-proc-mount.ts";
import { disallowProcMountStrict } from "./disallow-proc-mount-strict.ts";
import { disallowSelinux } from "./disallow-selinux.ts";
import { requireRunAsNonRootUser } from "./require-run-as-non-root-user.ts";
import { requireRunAsNonroot } from "./require-run-as-nonroot.ts";
import { restrictAppArmorProfiles } from "./restrict-apparmor-profiles.ts";
import { restrictSeccomp } from "./restrict-seccomp.ts";
import { restrictSeccompStrict } from "./restrict-seccomp-strict.ts";
import { restrictSysctls } from "./restrict-sysctls.ts";
import { restrictVolumeTypes } from "./restrict-volume-types.ts";

/**
 * The Pod Security Standards: a policy for each check, baseline and restricted, by name. A pod passes all of a level, those of the baseline among them,
 * exactly when Pod Security admission of the cluster's minor of Kubernetes admits it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 *
 * @example
 * podSecurityPolicies.map(({ name }) => name); // disallow-capabilities, disallow-capabilities-strict …
 */
export const podSecurityPolicies: readonly Policy[] = [
  disallowCapabilities,
  disallowCapabilitiesStrict,
  disallowHostNamespaces,
  disallowHostPath,
  disallowHostPorts,
  disallowHostProbes,
  disallowHostProcess,
  disallowPrivilegeEscalation,
  disallowPrivilegedContainers,
  disallowProcMount,
  disallowProcMountStrict,
  disallowSelinux,
  requireRunAsNonRootUser,
  requireRunAsNonroot,
  restrictAppArmorProfiles,
  restrictSeccomp,
  restrictSeccompStrict,
  restrictSysctls,
  restrictVolumeTypes,
];
