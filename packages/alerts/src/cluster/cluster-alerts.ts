import type { Alert } from "../alert/alert.ts";
import { nodeFilesystemAlmostFull } from "./node-filesystem-almost-full.ts";
import { nodeNotReady } from "./node-not-ready.ts";

/** Alerts about nodes, the control plane, name resolution and autoscaling. */
export const clusterAlerts: readonly Alert[] = [nodeNotReady, nodeFilesystemAlmostFull];
