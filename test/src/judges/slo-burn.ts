import { join } from "node:path";
import { ruleFilesOf } from "@plinth/alerts";
import { type Environment, emitYaml, type Finding, fieldAt, type Service, servicesIn } from "@plinth/core";
import { objectivesOf, promisesOf } from "@plinth/slo";
import type { Judge, JudgeContext } from "./judge.ts";
import { runUnitTests } from "./promtool-unit-tests.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";
import { burnTests } from "./slo-burn-tests.ts";
import { writeFiles } from "./write-files.ts";

/**
 * The rendered rules of a critical service's objectives, fed with traffic: an outage pages within minutes, a slow burn opens a ticket and pages nobody, a
 * healthy service and one without traffic stay quiet. One service of each production
 * environment: the rules of the others are the same words.
 */
export const sloBurn: Judge = {
  name: "slo-burn",
  purpose: "burn alerts fire when the budget burns, and not before",
  tools: ["promtool"],
  judge: async (context) => {
    const findings: Finding[] = [];
    const judged: string[] = [];
    let tests = 0;
    for (const environment of context.platform.environments.filter(({ production }) => production)) {
      const service = servicesIn(context.platform, environment).find(
        (each) => each.tier === "critical" && promisesOf(each).some(({ alerts }) => alerts === "page-and-ticket"),
      );
      if (service === undefined) continue;
      const result = await judgeService(environment, service, context);
      judged.push(`${service.name} in ${environment.name}`);
      tests += result.tests;
      findings.push(...result.findings);
    }
    return { read: `${tests} situations of ${judged.join(", ")}`, findings };
  },
};

async function judgeService(
  environment: Environment,
  service: Service,
  { tree, platform, workFolder, signal }: JudgeContext,
): Promise<{ readonly tests: number; readonly findings: readonly Finding[] }> {
  const rule = objectsOfEnvironment(tree, environment.name).find(
    ({ resource }) => resource.kind === "PrometheusRule" && resource.metadata.name === `${service.name}-slo`,
  );
  const finding = { severity: "error", ...(rule === undefined ? {} : { file: rule.file.path }) } as const;
  const [rules] = rule === undefined ? [] : ruleFilesOf([rule.resource]);
  if (rule === undefined || rules === undefined) {
    const message = `${service.name} in ${environment.name} has no PrometheusRule ${service.name}-slo`;
    return { tests: 0, findings: [{ ...finding, code: "missing-file", message, expected: "the rules of its SLOs" }] };
  }
  const groups = fieldAt(rule.resource, "spec", "groups");
  const tests = burnTests(environment, service, objectivesOf(platform, environment, service));
  const files = tests.map((test, index) => ({
    path: `${index}.tests.yaml`,
    text: emitYaml({
      rule_files: [rules.path],
      evaluation_interval: "1m",
      // Alerts after what they read: the outcome of a minute does not hang on the order in which a map is walked.
      group_eval_order: Array.isArray(groups) ? groups.map((group) => fieldAt(group, "name")) : [],
      tests: [test],
    }),
  }));
  const folder = writeFiles(join(workFolder, environment.name), [rules, ...files]);
  const results = await runUnitTests(
    folder,
    files.map(({ path }) => path),
    signal,
  );
  return {
    tests: tests.length,
    findings: results.flatMap(({ failures }, index) =>
      failures.map(
        (failure): Finding => ({
          ...finding,
          code: "rejected-by-judge",
          message: `${service.name} in ${environment.name}, ${tests[index]?.name}: ${failure}`,
        }),
      ),
    ),
  };
}
