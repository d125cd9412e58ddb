import { override } from "@plinth/core";

export const alertOverrides = [
  override("NodeFilesystemAlmostFull", {
    in: "staging",
    for: "1h",
    because: "Load tests fill the disks, and the nodes are replaced every night.",
  }),
  override("PodCrashLooping", {
    in: ["development", "staging"],
    severity: "info",
    because: "What is being tried out may fail; whoever tries it sees it.",
  }),
  override("ContainerCpuThrottled", {
    teams: ["ml"],
    threshold: "50%",
    because: "Training takes whatever is left of a node, and is throttled by design.",
  }),
];
