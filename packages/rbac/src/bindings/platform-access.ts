import type { FoundationComponent } from "@plinth/core";
import { clusterRole } from "../roles/define-role.ts";
import { platformViewer } from "../roles/platform-viewer.ts";
import { bindInCluster } from "./group-binding.ts";

/** The groups that work on the platform itself: its viewers see every cluster whole. */
export const platformAccess: FoundationComponent = {
  name: "platform-access",
  layer: "foundation",
  shared: ({ groups }) => [clusterRole(platformViewer), bindInCluster(platformViewer, groups.viewers)],
};
