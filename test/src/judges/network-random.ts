import { join } from "node:path";
import { emitYaml, type Finding } from "@plinth/core";
import {
  type ConnectionChanges,
  compareConnections,
  connections,
  describeConnection,
  workloadResources,
} from "@plinth/policies";
import fc from "fast-check";
import type { Judge, JudgeContext } from "./judge.ts";
import { analyze } from "./network-analyzer.ts";
import { type RandomCase, randomCase } from "./network-random-policies.ts";

const CASES = 300;
// The same cases in every run: a new version of either reader is judged by what the last one was.
const SEED = 20_240_607;

/** Policies that chance makes, far from those that Plinth renders: Plinth's evaluator and np-guard's analyzer read them alike, connection by connection. */
export const networkRandom: Judge = {
  name: "network-random",
  purpose: "the evaluator reads any policies as the analyzer does",
  tools: ["netpol-analyzer"],
  judge: async (context) => {
    let compared = 0;
    const outcome = await fc.check(
      fc.asyncProperty(randomCase, async (drawn) => {
        compared += await disagreement(drawn, context);
      }),
      { numRuns: CASES, seed: SEED },
    );
    return {
      read: `${compared} connections of ${outcome.numRuns} random policy sets`,
      findings: outcome.failed ? [disagreementFinding(outcome.counterexample?.[0], outcome.errorInstance)] : [],
    };
  },
};

/** The number of connections that both see. Throws when they do not see the same. */
async function disagreement({ cluster, policies }: RandomCase, { workFolder, signal }: JudgeContext): Promise<number> {
  signal.throwIfAborted();
  const analysis = await analyze(cluster, policies, join(workFolder, "objects"), signal);
  if (analysis.connections === undefined) throw new Error(analysis.failure.message);
  const own = connections(cluster, policies);
  const difference = describeDifference(compareConnections(analysis.connections, own));
  if (difference !== "") throw new Error(difference);
  return own.length;
}

function describeDifference({ opened, closed }: ConnectionChanges): string {
  return [
    ...opened.map((connection) => `only the evaluator sees ${describeConnection(connection)}`),
    ...closed.map((connection) => `only the analyzer sees ${describeConnection(connection)}`),
  ].join("\n");
}

function disagreementFinding(smallest: RandomCase | undefined, error: unknown): Finding {
  const objects = smallest === undefined ? [] : [...workloadResources(smallest.cluster), ...smallest.policies];
  return {
    code: "rejected-by-judge",
    severity: "error",
    message: `the evaluator and the analyzer read a policy set differently: ${error instanceof Error ? error.message : String(error)}\n${objects.map((object) => emitYaml(object)).join("---\n")}`,
    expected: "the same connections",
    hint: "the objects above are the smallest that show it: `netpolicy list --dirpath` on a folder with them",
  };
}
