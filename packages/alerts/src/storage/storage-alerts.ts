import type { Alert } from "../alert/alert.ts";
import {
  persistentVolumeClaimLost,
  persistentVolumeClaimPending,
  volumeResizeFailing,
} from "./persistent-volume-claim.ts";
import { persistentVolumeErrors } from "./persistent-volume-errors.ts";
import { persistentVolumeFillingUp } from "./persistent-volume-filling-up.ts";
import {
  persistentVolumeAlmostFull,
  persistentVolumeFewInodes,
  persistentVolumeFullInFourDays,
} from "./persistent-volume-space.ts";
import { volumeAttachmentPending, volumeMountFailing } from "./volume-mount-failing.ts";

/** Alerts about volumes. */
export const storageAlerts: readonly Alert[] = [
  persistentVolumeAlmostFull,
  persistentVolumeFillingUp,
  persistentVolumeFullInFourDays,
  persistentVolumeFewInodes,
  persistentVolumeErrors,
  persistentVolumeClaimPending,
  persistentVolumeClaimLost,
  volumeMountFailing,
  volumeAttachmentPending,
  volumeResizeFailing,
];
