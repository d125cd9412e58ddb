import type { RunbookStep } from "../alert/alert.ts";

/** node-exporter knows a machine by its address only: the first step of everything that it measures. */
export const nodeOfInstance: RunbookStep = {
  text: "Which node is it? What stands before the colon in `instance` is the node's internal address.",
  command: "kubectl get nodes --output wide",
};

/** The last resort for a machine that cannot be repaired in minutes: another one takes its place. */
export const replaceNode: RunbookStep = {
  text: "Replace the node: its pods move as their disruption budgets allow, and the autoscaler brings another machine.",
  command: "kubectl drain <node> --ignore-daemonsets --delete-emptydir-data",
};
