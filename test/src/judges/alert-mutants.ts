import { join } from "node:path";
import type { Finding } from "@plinth/core";
import { mutantCases } from "./alert-mutants-cases.ts";
import type { Judge } from "./judge.ts";
import { runUnitTests } from "./promtool-unit-tests.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";
import { writeFiles } from "./write-files.ts";

/**
 * The unit tests of every alert notice when its rendered rule is changed: a comparison turned round, a threshold doubled, a matcher dropped, `for` a minute
 * longer or shorter. A test that a wrong rule passes says nothing of the right one.
 */
export const alertMutants: Judge = {
  name: "alert-mutants",
  purpose: "the tests of every alert notice a wrong rule",
  tools: ["promtool"],
  judge: async ({ tree, platform, workFolder, signal }) => {
    const findings: Finding[] = [];
    let killed = 0;
    let alerts = 0;
    for (const environment of platform.environments.filter(({ production }) => production)) {
      const resources = objectsOfEnvironment(tree, environment.name).map(({ resource }) => resource);
      const made = mutantCases(platform, environment, resources);
      findings.push(...made.findings);
      const folder = join(workFolder, environment.name);
      writeFiles(folder, []);
      for (const [index, { rules, tests }] of made.cases.entries())
        writeFiles(join(folder, String(index)), [rules, tests]);
      const files = made.cases.map(({ tests }, index) => `${index}/${tests.path}`);
      const results = files.length === 0 ? [] : await runUnitTests(folder, files, signal);
      for (const [index, { alert, change }] of made.cases.entries()) {
        const { failures = [], problem } = results[index] ?? {};
        const refuse = (message: string, expected: string): void => {
          findings.push({
            code: "rejected-by-judge",
            severity: "error",
            message: `${environment.name}, ${alert}: ${message}`,
            expected,
          });
        };
        if (problem !== undefined) refuse(`${change ?? "as rendered"}: ${problem}`, "a rule that promtool reads");
        else if (change === undefined) {
          alerts++;
          if (failures.length > 0) refuse(`the rendered rule fails its own tests: ${failures[0]}`, "no failure");
        } else if (failures.length === 0)
          refuse(`no test notices when ${change}`, "a series on which the alert then fires or stays quiet wrongly");
        else killed++;
      }
    }
    return { read: `${killed} mutants of ${alerts} alerts noticed`, findings };
  },
};
