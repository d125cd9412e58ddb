import { environmentNamed, plan } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { alertComponents } from "../alerting.ts";
import { ruleFilesOf } from "../rules/rule-files.ts";
import { alertTestFiles } from "./promtool-suite.ts";

const platform = examplePlatform();
const production = environmentNamed(platform, "production");

describe("the test files of an environment", () => {
  const tests = alertTestFiles(platform, production);
  const resources = plan(platform, alertComponents).files.flatMap(({ entry, resource }) =>
    entry.environment === "production" && resource !== undefined ? [resource] : [],
  );
  const rules = ruleFilesOf(resources);

  it("are one for each rule file, and name it", () => {
    expect(tests.map(({ path }) => path.replace(".tests.yaml", ".rules.yaml")).sort()).toEqual(
      rules.map(({ path }) => path).sort(),
    );
    for (const { path, text } of tests)
      expect(text.split("\n").slice(0, 2)).toEqual([
        "rule_files:",
        `  - ${path.replace(".tests.yaml", ".rules.yaml")}`,
      ]);
  });

  it("test every alert of every rule file", () => {
    const alertsIn = (text: string, pattern: RegExp): readonly string[] =>
      [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].sort();
    for (const { path, text } of rules) {
      const test = tests.find((file) => file.path === path.replace(".rules.yaml", ".tests.yaml"));
      expect(alertsIn(test?.text ?? "", /alertname: (\w+)/g)).toEqual(alertsIn(text, /alert: (\w+)/g));
    }
  });

  it("are none on a platform where nothing scrapes", () => {
    const bare = examplePlatform({ components: [] });
    expect(alertTestFiles(bare, environmentNamed(bare, "production"))).toEqual([]);
  });
});
