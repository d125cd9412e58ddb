import { describe, expect, it } from "vitest";
import { judgeCommand, versionCommand } from "./command.ts";

describe("the judge's command", () => {
  const command = judgeCommand("/bin/kubeconform", ["/a/{{ .ResourceKind }}.json", "/b/{{ .ResourceKind }}.json"], {
    PATH: "/bin",
  });

  it("is strict, answers document by document, and reads standard input", () => {
    expect(command.file).toBe("/bin/kubeconform");
    expect(command.arguments).toEqual([
      "-strict",
      "-output",
      "tap",
      "-n",
      "1",
      "-schema-location",
      "/a/{{ .ResourceKind }}.json",
      "-schema-location",
      "/b/{{ .ResourceKind }}.json",
      "-",
    ]);
  });

  it("never lets a missing schema pass", () => {
    expect(command.arguments).not.toContain("-ignore-missing-schemas");
    expect(command.arguments).not.toContain("-skip");
  });

  it("keeps the environment, but for a way to the network", () => {
    expect(command.environment).toMatchObject({
      PATH: "/bin",
      HTTP_PROXY: "http://127.0.0.1:9",
      HTTPS_PROXY: "http://127.0.0.1:9",
      NO_PROXY: "",
    });
  });
});

it("the version is asked for with -v", () => {
  expect(versionCommand("kubeconform", {}).arguments).toEqual(["-v"]);
});
