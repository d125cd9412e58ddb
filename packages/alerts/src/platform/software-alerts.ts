import type { Alert } from "../alert/alert.ts";
import {
  argoCdApplicationOutOfSync,
  argoCdApplicationUnhealthy,
  argoCdApplicationUnknown,
  argoCdSyncFailed,
} from "./argo-cd-applications.ts";
import { argoCdControllerDown, argoCdQueueLong, argoCdRepoServerDown } from "./argo-cd-components.ts";
import { argoCdClusterConnectionLost, argoCdGitRequestsFailing, argoCdRedisFailing } from "./argo-cd-connections.ts";
import { argoRolloutsDown, rolloutDegraded, rolloutPaused, rolloutReconcileErrors } from "./argo-rollouts.ts";
import {
  acmeRateLimited,
  acmeRequestsFailing,
  certManagerDown,
  certManagerSyncErrors,
} from "./certificate-authority.ts";
import { certificateIssuerNotReady, certificateNotReady, certificateRenewalOverdue } from "./certificates.ts";
import { externalDnsDown, externalDnsErrors, externalDnsStale } from "./external-dns.ts";
import {
  clusterSecretStoreNotReady,
  externalSecretsDown,
  externalSecretsSyncErrors,
  secretStoreNotReady,
} from "./external-secrets.ts";
import { ingressErrors, ingressLatency, ingressNoUpstream } from "./ingress.ts";
import { istioConvergenceSlow, istiodDown, istioInjectionFailing, istioPushErrors } from "./istio-control-plane.ts";
import { kyvernoAdmissionDown, kyvernoAdmissionSlow, kyvernoPolicyErrors } from "./kyverno-admission.ts";
import { kyvernoCleanupFailing, kyvernoControllerDrops, kyvernoReportsDropped } from "./kyverno-controllers.ts";
import { istioConfigRejected, istioRootCertificateExpiry, meshServerErrors } from "./mesh.ts";
import { veleroBackupFailed, veleroBackupIncomplete, veleroBackupStale } from "./velero-backups.ts";
import { veleroLocationUnavailable, veleroRestoreFailed, veleroSnapshotsFailing } from "./velero-restores.ts";

/** Alerts about the software that the platform runs for its teams. */
export const softwareAlerts: readonly Alert[] = [
  argoCdApplicationOutOfSync,
  argoCdApplicationUnhealthy,
  argoCdApplicationUnknown,
  argoCdSyncFailed,
  argoCdGitRequestsFailing,
  argoCdClusterConnectionLost,
  argoCdRedisFailing,
  argoCdQueueLong,
  argoCdControllerDown,
  argoCdRepoServerDown,
  rolloutDegraded,
  rolloutPaused,
  rolloutReconcileErrors,
  argoRolloutsDown,
  kyvernoAdmissionDown,
  kyvernoAdmissionSlow,
  kyvernoPolicyErrors,
  kyvernoControllerDrops,
  kyvernoReportsDropped,
  kyvernoCleanupFailing,
  certificateNotReady,
  certificateRenewalOverdue,
  certificateIssuerNotReady,
  acmeRateLimited,
  acmeRequestsFailing,
  certManagerSyncErrors,
  certManagerDown,
  clusterSecretStoreNotReady,
  secretStoreNotReady,
  externalSecretsSyncErrors,
  externalSecretsDown,
  externalDnsStale,
  externalDnsErrors,
  externalDnsDown,
  istiodDown,
  istioPushErrors,
  istioConvergenceSlow,
  istioInjectionFailing,
  istioConfigRejected,
  istioRootCertificateExpiry,
  meshServerErrors,
  ingressErrors,
  ingressLatency,
  ingressNoUpstream,
  veleroBackupFailed,
  veleroBackupIncomplete,
  veleroBackupStale,
  veleroLocationUnavailable,
  veleroRestoreFailed,
  veleroSnapshotsFailing,
];
