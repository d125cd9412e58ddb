import type { Alert } from "../alert/alert.ts";
import { certificateExpiry } from "./certificate-expiry.ts";
import { kyvernoPolicyViolation } from "./kyverno-policy-violation.ts";

/** Alerts about who and what may do harm. */
export const securityAlerts: readonly Alert[] = [certificateExpiry, kyvernoPolicyViolation];
