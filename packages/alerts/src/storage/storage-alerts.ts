import type { Alert } from "../alert/alert.ts";
import { persistentVolumeFillingUp } from "./persistent-volume-filling-up.ts";

/** Alerts about volumes. */
export const storageAlerts: readonly Alert[] = [persistentVolumeFillingUp];
