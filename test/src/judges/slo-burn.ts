import { join } from "node:path";
import {
  type Environment,
  emitYaml,
  type Finding,
  fieldAt,
  type Platform,
  promisesOf,
  type ServicePromise,
  servicesIn,
} from "@plinth/core";
import { servedSpanKind } from "@plinth/metrics";
import { objectiveId, objectivesOf, platformObjectives, type ServiceLevelObjective } from "@plinth/slo";
import type { Judge, JudgeContext } from "./judge.ts";
import { runUnitTests } from "./promtool-unit-tests.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";
import { calendarGroups, calendarTest } from "./slo-burn-calendar.ts";
import type { BurnShape } from "./slo-burn-situations.ts";
import { burnTests } from "./slo-burn-tests.ts";
import { platformTraffic, serviceTraffic, type TrafficWriter } from "./slo-burn-traffic.ts";
import { writeFiles } from "./write-files.ts";

/**
 * The rendered rules of each objective of a production environment, fed with traffic: the page fires when the mathematics of its windows says that it must,
 * and not before; just below a threshold nothing does. Objectives whose rules are the same but for names are judged once.
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
      const result = await judgeEnvironment(environment, context);
      judged.push(`${result.objectives} objectives in ${environment.name}`);
      tests += result.tests;
      findings.push(...result.findings);
    }
    return { read: `${tests} situations of ${judged.join(", ")}`, findings };
  },
};

/** An objective, and how its traffic looks. */
interface Subject {
  readonly objective: ServiceLevelObjective;
  /** Equal for objectives whose rules are the same words but for names. */
  readonly alike: string;
  readonly shape: BurnShape;
  readonly write: TrafficWriter | undefined;
}

/** Objectives with an alert. */
function subjectsOf(platform: Platform, environment: Environment): readonly Subject[] {
  const services = servicesIn(platform, environment).flatMap((service) => {
    const promises = new Map<string, ServicePromise>(promisesOf(service).map((promise) => [promise.name, promise]));
    return objectivesOf(platform, environment, service).map((objective): Subject => {
      const promise = promises.get(objective.name);
      return {
        objective,
        alike: JSON.stringify([promise, servedSpanKind(service)]),
        shape: objective.indicator.kind === "events" ? "events" : "time",
        write: promise === undefined ? undefined : serviceTraffic(platform, environment, service, promise),
      };
    });
  });
  const own = platformObjectives(platform, environment).map((objective): Subject => {
    const id = `${objective.service}/${objective.name}`;
    return { objective, alike: id, shape: "events-of-cluster", write: platformTraffic[id] };
  });
  return [...services, ...own].filter(
    ({ objective: { alerts } }) => alerts.page !== undefined || alerts.ticket !== undefined,
  );
}

async function judgeEnvironment(
  environment: Environment,
  { tree, platform, workFolder, signal }: JudgeContext,
): Promise<{ readonly objectives: number; readonly tests: number; readonly findings: readonly Finding[] }> {
  const rules = objectsOfEnvironment(tree, environment.name).filter(
    ({ resource }) => resource.kind === "PrometheusRule",
  );
  const groupsOf = (id: string): { readonly file: string; readonly groups: readonly unknown[] } | undefined =>
    rules
      .map(({ file, resource }) => {
        const groups = fieldAt(resource, "spec", "groups");
        const own = (Array.isArray(groups) ? groups : []).filter((group: unknown) => isGroupOf(group, id));
        return { file: file.path, groups: own };
      })
      .find(({ groups }) => groups.length > 0);
  const findings: Finding[] = [];
  const distinct = new Map<string, Subject & { readonly file: string; readonly groups: readonly unknown[] }>();
  for (const subject of subjectsOf(platform, environment)) {
    const { service, name } = subject.objective;
    const found = groupsOf(objectiveId(subject.objective));
    const problem =
      found === undefined
        ? "has no rules"
        : subject.write === undefined
          ? "is counted from series that no judge can write"
          : undefined;
    if (found === undefined || problem !== undefined) {
      findings.push({
        code: "missing-file",
        severity: "error",
        message: `the SLO ${name} of ${service} in ${environment.name} ${problem}`,
        expected: "rules, and traffic to judge them by",
      });
      continue;
    }
    if (!distinct.has(subject.alike)) distinct.set(subject.alike, { ...subject, ...found });
  }
  const files = [...distinct.values()].flatMap(({ objective, shape, write, file, groups }, index) => {
    // What is not about burning would only make each test slower.
    const burning = groups.filter((group) => /-(?:sli-recordings|alerts)-/.test(String(fieldAt(group, "name"))));
    const all = { path: `objective-${index}.rules.yaml`, groups };
    const some = { path: `objective-${index}-burning.rules.yaml`, groups: burning };
    const calendar = { path: `objective-${index}-calendar.rules.yaml`, groups: calendarGroups(groups) };
    const ofCalendar = calendarTest(objective);
    const tests = [
      ...(write === undefined ? [] : burnTests(objective, shape, write)).map((each) => ({
        ...each,
        rules: each.additions ? all : some,
      })),
      ...(ofCalendar === undefined ? [] : [{ ...ofCalendar, rules: calendar }]),
    ];
    return [
      ...[all, some, ...(ofCalendar === undefined ? [] : [calendar])].map((rules) => ({
        path: rules.path,
        text: emitYaml({ groups: rules.groups }),
        about: undefined,
      })),
      ...tests.map(({ evaluationInterval, rules, test }, number) => {
        return {
          path: `${index}-${number}.tests.yaml`,
          text: emitYaml({
            rule_files: [rules.path],
            evaluation_interval: evaluationInterval,
            // Alerts after what they read: the outcome of a minute does not hang on the order in which a map is walked.
            group_eval_order: rules.groups.map((group) => fieldAt(group, "name")),
            tests: [test],
          }),
          about: { file, service: objective.service, name: test.name },
        };
      }),
    ];
  });
  const folder = writeFiles(
    join(workFolder, environment.name),
    files.map(({ path, text }) => ({ path, text })),
  );
  const tests = files.flatMap(({ path, about }) => (about === undefined ? [] : [{ path, about }]));
  const results = await runUnitTests(
    folder,
    tests.map(({ path }) => path),
    signal,
  );
  return {
    objectives: distinct.size,
    tests: tests.length,
    findings: [
      ...findings,
      ...results.flatMap(({ failures }, index) =>
        failures.map(
          (failure): Finding => ({
            code: "rejected-by-judge",
            severity: "error",
            ...(tests[index] === undefined ? {} : { file: tests[index].about.file }),
            message: `${tests[index]?.about.service} in ${environment.name}, ${tests[index]?.about.name}: ${failure}`,
          }),
        ),
      ),
    ],
  };
}

/** Whether a group of rules is one of those of an objective. */
function isGroupOf(group: unknown, id: string): boolean {
  return (
    /^(?:sloth|plinth)-slo-(?:sli-recordings|meta-recordings|alerts|additions)-(.*)$/.exec(
      String(fieldAt(group, "name")),
    )?.[1] === id
  );
}
