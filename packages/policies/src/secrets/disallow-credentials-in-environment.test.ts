import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { disagreements } from "../admission/restatement.fixture.ts";
import { disallowCredentialsInEnvironment as policy } from "./disallow-credentials-in-environment.ts";

describe("disallow-credentials-in-environment", () => {
  test("finds variables whose name says that their value is a credential", () => {
    expect(
      disagreements(policy, (fixture, parameters) => {
        // RE2 writes at the beginning what JavaScript takes as a flag.
        const names = new RegExp(String(parameters("names")).replace("(?i)", ""), "i");
        return containersOf(fixture).flatMap(({ name, env = [] }) =>
          env
            .filter((variable) => names.test(variable.name) && (variable.value ?? "") !== "")
            .map((variable) => `container ${name} has the value of ${variable.name} in env`),
        );
      }),
    ).toEqual([]);
  });
});
