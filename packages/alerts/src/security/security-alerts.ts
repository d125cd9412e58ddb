import type { Alert } from "../alert/alert.ts";
import { argoCdLoginFailures, meshIdentityRefused, policyDenialsSpike } from "./access-attempts.ts";
import { apiServerForbidden, apiServerUnauthorized } from "./api-server-access.ts";
import { certificateExpiry } from "./certificate-expiry.ts";
import { certificateExpiryImminent } from "./certificate-expiry-imminent.ts";
import {
  imageCriticalVulnerabilities,
  imageExposedSecrets,
  imageReportsMissing,
  imageVerificationFailing,
  workloadConfigurationCritical,
} from "./image-findings.ts";
import { kyvernoPolicyViolation } from "./kyverno-policy-violation.ts";
import {
  falcoCriticalDetection,
  falcoDetectionsMany,
  falcoDown,
  falcoDropsEvents,
  falcoOutputsDropped,
} from "./runtime-detection.ts";
import { secretSyncFailing } from "./secret-sync-failing.ts";

/** Alerts about who and what may do harm. */
export const securityAlerts: readonly Alert[] = [
  certificateExpiry,
  certificateExpiryImminent,
  kyvernoPolicyViolation,
  falcoCriticalDetection,
  falcoDetectionsMany,
  falcoDropsEvents,
  falcoOutputsDropped,
  falcoDown,
  imageCriticalVulnerabilities,
  imageExposedSecrets,
  workloadConfigurationCritical,
  imageReportsMissing,
  imageVerificationFailing,
  apiServerUnauthorized,
  apiServerForbidden,
  argoCdLoginFailures,
  policyDenialsSpike,
  meshIdentityRefused,
  secretSyncFailing,
];
