import { crdsAreServed } from "../cluster/cluster-crds.verify.ts";
import {
  brokenServerIsNamed,
  crashLeavesNothing,
  missingCrdIsAnError,
  refusedCrdIsAnError,
  slowStartIsAnError,
  takenPortsAreTriedAgain,
} from "../cluster/cluster-failure.verify.ts";
import {
  apiServerJudges,
  clustersLeaveNothing,
  controllersDoTheirWork,
  stoppedClusterSaysSo,
} from "../cluster/cluster-smoke.verify.ts";
import { clusterTools } from "../cluster/start-cluster.ts";
import type { Judge } from "./judge.ts";

const checks = [
  apiServerJudges,
  controllersDoTheirWork,
  clustersLeaveNothing,
  stoppedClusterSaysSo,
  crdsAreServed,
  takenPortsAreTriedAgain,
  slowStartIsAnError,
  missingCrdIsAnError,
  refusedCrdIsAnError,
  brokenServerIsNamed,
  crashLeavesNothing,
];

/** The control plane that other judges count on does what they count on: it refuses, it counts, it ends, and it leaves nothing. */
export const controlPlane: Judge = {
  name: "control-plane",
  purpose: "the test clusters can be trusted",
  tools: clusterTools({ controllerManager: true }),
  judge: async ({ signal }) => {
    const findings = [];
    for (const check of checks) {
      signal.throwIfAborted();
      findings.push(...(await check()));
    }
    return { read: `${checks.length} checks`, findings };
  },
};
