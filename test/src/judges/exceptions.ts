import { join } from "node:path";
import type { Finding } from "@plinth/core";
import { exceptionCases, kyvernoReportFindings, policyCatalog } from "@plinth/policies";
import { shopVerdict } from "./exceptions-shop.ts";
import { exceptionsOf, platformOfTrials } from "./exceptions-trials.ts";
import type { Judge } from "./judge.ts";
import { kyvernoOutputs } from "./kyverno-reports.ts";

/**
 * The Kyverno command line says of an exception of each sort, and of each that the model declares, that the object which it names fails without it and is let pass
 * with it, while its neighbours fail all the same; and of the Astronomy Shop that its workloads pass every policy that refuses, in each environment, with the
 * exceptions that the model declares and no others.
 */
export const exceptions: Judge = {
  name: "exceptions",
  purpose: "each exception is needed and lets pass nothing else",
  tools: ["kyverno"],
  judge: async ({ tree, platform, workFolder, signal }) => {
    const trials = platformOfTrials();
    const tried = [
      ...exceptionsOf(trials.platform).map((each) => ({ ...each, platform: trials.platform })),
      ...exceptionsOf(platform).map((each) => ({ ...each, platform })),
    ];
    const cases = tried.flatMap(({ exception, environment, platform: of }) =>
      exceptionCases(exception, policyCatalog, of, environment),
    );
    const outputs = await kyvernoOutputs(cases, join(workFolder, "cases"), signal);
    const findings: Finding[] = cases.flatMap((each, index) => [
      ...(each.expected.length === 0 ? [nothingToShow(each.name)] : []),
      ...kyvernoReportFindings(each, outputs[index] ?? ""),
    ]);
    let rows = cases.reduce((sum, { expected }) => sum + expected.length, 0);
    for (const environment of platform.environments) {
      const folder = join(workFolder, "shop", environment.name);
      const verdict = await shopVerdict(tree, platform, environment, folder, signal);
      findings.push(...verdict.findings);
      rows += verdict.rows;
    }
    return { read: `${cases.length / 2} exceptions, ${rows} objects`, findings };
  },
};

function nothingToShow(name: string): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    path: `policyExceptions[${name}]`,
    message: "no bad object of its policy is of the kind that it is for",
    expected: "an object that fails without it",
  };
}
