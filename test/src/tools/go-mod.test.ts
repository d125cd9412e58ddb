import { describe, expect, it } from "vitest";
import { parseGoMod, parseGoSum } from "./go-mod.ts";
import { compareGoVersions } from "./go-version.ts";

describe("a go.mod file", () => {
  const parsed = parseGoMod(`module plinth.dev/tools/promtool // the module itself

go 1.26.0

godebug default=go1.26

tool example.com/prometheus/cmd/promtool

tool (
	example.com/prometheus/cmd/other
)

require example.com/prometheus v0.315.0

require (
	// a comment of its own
	k8s.io/api v0.0.0 // indirect
	example.com/fork v1.0.0 // indirect
)

replace (
	k8s.io/api => k8s.io/api v0.36.3
	example.com/fork => example.com/other-fork v2.0.0
	example.com/unused => example.com/unused v9.9.9
)
`);

  it("says which Go builds it", () => {
    expect(parsed.go).toBe("1.26.0");
  });

  it("names its tools, alone on a line or in a block", () => {
    expect(parsed.tools).toEqual(["example.com/prometheus/cmd/promtool", "example.com/prometheus/cmd/other"]);
  });

  it("pins each required module", () => {
    expect(parsed.versions.get("example.com/prometheus")).toBe("v0.315.0");
  });

  it("pins the version of the replacement, where the module itself is replaced", () => {
    expect(parsed.versions.get("k8s.io/api")).toBe("v0.36.3");
  });

  it("keeps the required version where another module takes its place", () => {
    expect(parsed.versions.get("example.com/fork")).toBe("v1.0.0");
  });

  it("does not pin what is only replaced", () => {
    expect(parsed.versions.has("example.com/unused")).toBe(false);
  });

  it("without a go line pins nothing, and is refused", () => {
    expect(() => parseGoMod("module m\n")).toThrow("no `go` line");
  });
});

describe("a go.sum file", () => {
  it("holds a hash for each module, and one for its go.mod", () => {
    const hashes = parseGoSum("sigs.k8s.io/yaml v1.6.0 h1:zip=\nsigs.k8s.io/yaml v1.6.0/go.mod h1:mod=\n");
    expect([...hashes]).toEqual([
      ["sigs.k8s.io/yaml v1.6.0", "h1:zip="],
      ["sigs.k8s.io/yaml v1.6.0/go.mod", "h1:mod="],
    ]);
  });
});

describe("Go versions", () => {
  it.each([
    ["go1.26.8", "1.26.6"],
    ["go1.27.0", "1.26.6"],
    ["go1.27.0", "1.27rc2"],
    ["go1.27rc2", "1.27rc1"],
    ["go1.27rc1", "1.26.9"],
    ["go1.100.0", "1.99"],
    ["devel go1.28-abcdef", "1.27.3"],
  ])("%s is newer than %s", (newer, older) => {
    expect(compareGoVersions(newer, older)).toBeGreaterThan(0);
    expect(compareGoVersions(older, newer)).toBeLessThan(0);
  });

  it.each([
    ["go1.26.0", "1.26"],
    ["go1.26.8 X:nodwarf5", "1.26.8"],
  ])("%s is %s", (left, right) => {
    expect(compareGoVersions(left, right)).toBe(0);
  });
});
