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
      const { cases, findings: missing } = mutantCases(platform, environment, resources);
      findings.push(...missing);
      const folder = join(workFolder, environment.name);
      writeFiles(folder, []);
      for (const [index, { rules, tests }] of cases.entries()) writeFiles(join(folder, String(index)), [rules, tests]);
      const files = cases.map(({ tests }, index) => `${index}/${tests.path}`);
      const results = files.length === 0 ? [] : await runUnitTests(folder, files, signal);
      for (const [index, { alert, name, mutants }] of cases.entries()) {
        const { failures = [], problem } = results[index] ?? {};
        const refuse = (message: string, expected: string): void => {
          findings.push({
            code: "rejected-by-judge",
            severity: "error",
            message: `${environment.name}, ${alert}: ${message}`,
            expected,
          });
        };
        if (problem !== undefined) {
          refuse(problem, "rules that promtool reads, and evaluates");
          continue;
        }
        alerts++;
        const failed = alertsIn(failures);
        if (failed.has(name))
          refuse(
            `the rendered rule fails its own tests: ${failures.find((text) => alertsIn([text]).has(name))}`,
            "no failure",
          );
        for (const { name: mutant, change } of mutants) {
          if (failed.has(mutant)) killed++;
          else
            refuse(`no test notices when ${change}`, "a series on which the alert then fires or stays quiet wrongly");
        }
      }
    }
    return { read: `${killed} mutants of ${alerts} alerts noticed`, findings };
  },
};

/** The alerts that failures are about. */
function alertsIn(failures: readonly string[]): ReadonlySet<string> {
  return new Set(
    failures.flatMap((text) => [...text.matchAll(/^\s*alertname: (\w+),/gm)].map(([, name = ""]) => name)),
  );
}
