import { describe, expect, test } from "vitest";
import { disagreements } from "../admission/restatement.fixture.ts";
import { requireReadOnlyRootFilesystem as policy } from "./require-read-only-root-filesystem.ts";

describe("require-read-only-root-filesystem", () => {
  test("finds containers that can write, but for debuggers and containers of Windows", () => {
    expect(
      disagreements(policy, ({ spec }) =>
        [...spec.containers, ...(spec.initContainers ?? [])]
          .filter(
            ({ securityContext }) => spec.os?.name !== "windows" && securityContext?.readOnlyRootFilesystem !== true,
          )
          .map(({ name }) => `container ${name} does not set securityContext.readOnlyRootFilesystem to true`),
      ),
    ).toEqual([]);
  });
});
