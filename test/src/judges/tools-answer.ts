import { toolNames } from "../tools/tools.ts";
import { collectorJudges, schemasAreThere, toolsAnswer } from "../tools/tools.verify.ts";
import type { Judge } from "./judge.ts";

const checks = [toolsAnswer, collectorJudges, schemasAreThere];

/** Every tool that other judges run starts and is the version that is pinned; what is read instead of run is there, byte for byte. */
export const toolsAnswerJudge: Judge = {
  name: "tools-answer",
  purpose: "the tools are those that are pinned",
  tools: toolNames,
  judge: async ({ signal }) => {
    const findings = [];
    for (const check of checks) {
      signal.throwIfAborted();
      findings.push(...(await check()));
    }
    return { read: `${toolNames.length} tools, ${checks.length} checks`, findings };
  },
};
