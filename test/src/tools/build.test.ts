import { chmod, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { buildTool, removePartialBuilds } from "./build.ts";
import { readTools, requireTools, toolPath } from "./ensure.ts";
import { checkGoVersion, findGo, type GoToolchain, goEnvironment } from "./go-toolchain.ts";
import { readSources, type ToolSources } from "./sources.ts";
import { readState } from "./stamp.ts";
import { tools } from "./tools.ts";

const toolchain: GoToolchain = { version: "go1.26.8", platform: "linux/amd64", moduleCache: "/cache" };
const builtBy = "go1.26.8 linux/amd64";
let folder: string;
let sources: ToolSources;

/** Puts a shell script named `go` first in PATH. */
async function withGo(script: string): Promise<void> {
  const programs = join(folder, "programs");
  await mkdir(programs, { recursive: true });
  await writeFile(join(programs, "go"), `#!/bin/sh\n${script}\n`);
  await chmod(join(programs, "go"), 0o755);
  vi.stubEnv("PATH", `${programs}${delimiter}${process.env.PATH}`);
}

/** A `go` that lists two packages and writes a binary where it is asked to. */
const obliging = `
if [ "$1" = list ]; then echo a; echo b; echo "go: downloading example.com/a v1.0.0" >&2; exit 0; fi
while [ "$1" != -o ]; do shift; done
echo example.com/a >&2
printf binary > "$2"`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plinth-build-"));
  sources = {
    name: "kubeconform",
    tool: tools.kubeconform,
    folder,
    goMod: { go: "1.26", versions: new Map(), tools: [] },
    version: "v0.8.0",
    linkerFlags: "-s -w",
    hash: "abc",
  };
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Everything in the folder except the fake Go. */
async function remains(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name !== "programs").sort();
}

describe("a build", () => {
  it("leaves the binary with its stamp, and nothing else", async () => {
    await withGo(obliging);
    const texts: string[] = [];
    const result = await buildTool(sources, { toolchain, folder, progress: (text) => texts.push(text) });
    expect(result).toMatchObject({ built: true, stamp: { sources: "abc", go: builtBy, size: 6 } });
    expect(await remains()).toEqual(["kubeconform", "kubeconform.json"]);
    expect(texts).toContain("fetches modules: 1");
    expect(texts).toContain("compiled 1 of at most 2 packages");
    expect(await readState(sources, builtBy, folder)).toMatchObject({ state: "built" });
  });

  it("never writes go.mod or go.sum, whatever flags the user has set", () => {
    expect(goEnvironment({ GOFLAGS: "-mod=mod -race" }).GOFLAGS).toBe("-mod=readonly -buildvcs=false");
  });

  it("that fails says what Go said, and leaves nothing", async () => {
    await withGo('if [ "$1" = list ]; then exit 0; fi; echo "main.go:3:1: undefined: thing" >&2; exit 1');
    const result = await buildTool(sources, { toolchain, folder });
    expect(result).toMatchObject({
      built: false,
      finding: {
        code: "tool-failed",
        message: expect.stringContaining("main.go:3:1: undefined: thing"),
        source: { file: "tools/kubeconform/go.mod" },
      },
    });
    expect(await remains()).toEqual([]);
  });

  it.each([
    ["write main.a: no space left on device", "disk is full"],
    ["dial tcp: lookup proxy.example.com: no such host", "needs a network"],
    ["verifying a@v1: checksum mismatch", "not what go.sum pins"],
    ["missing go.sum entry for module", "do not fit together"],
    ["compile: signal: killed", "out of memory"],
  ])("that fails with `%s` says what to do", async (line, hint) => {
    await withGo(`echo "${line}" >&2; exit 1`);
    const result = await buildTool(sources, { toolchain, folder });
    expect(result).toMatchObject({ built: false, finding: { hint: expect.stringContaining(hint) } });
  });

  it("that is interrupted kills the compiler and leaves nothing", async () => {
    await withGo(
      `if [ "$1" = list ]; then exit 0; fi; while [ "$1" != -o ]; do shift; done; printf half > "$2"; echo $$ > "${join(folder, "programs", "pid")}"; sleep 600`,
    );
    const interrupt = new AbortController();
    const build = buildTool(sources, { toolchain, folder, signal: interrupt.signal });
    const settled = expect(build).rejects.toThrow("interrupted");
    const pid = await vi.waitFor(async () => {
      const text = await readFile(join(folder, "programs", "pid"), "utf8");
      if (text === "") throw new Error("not yet");
      return Number(text);
    }, 10_000);
    interrupt.abort(new Error("interrupted"));
    await settled;
    expect(await remains()).toEqual([]);
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), 10_000);
  });

  it("keeps the tool that is there when its successor cannot be built", async () => {
    await withGo(obliging);
    await buildTool(sources, { toolchain, folder });
    await withGo("exit 1");
    await buildTool({ ...sources, hash: "new" }, { toolchain, folder });
    expect(await readState(sources, builtBy, folder)).toMatchObject({ state: "built" });
  });
});

describe("a built tool", () => {
  beforeEach(async () => {
    await withGo(obliging);
    await buildTool(sources, { toolchain, folder });
  });

  it("is out of date when its sources have changed", async () => {
    expect(await readState({ ...sources, hash: "new" }, builtBy, folder)).toMatchObject({ state: "out of date" });
  });

  it("is out of date when another Go is here", async () => {
    expect(await readState(sources, "go1.27.0 linux/amd64", folder)).toMatchObject({
      state: "out of date",
      because: expect.stringContaining("go1.27.0"),
    });
  });

  it("stays good when there is no Go at all", async () => {
    expect(await readState(sources, undefined, folder)).toMatchObject({ state: "built" });
  });

  it.each([0, 3])("is corrupt when it has %d bytes", async (bytes) => {
    await truncate(join(folder, "kubeconform"), bytes);
    expect(await readState(sources, builtBy, folder)).toMatchObject({ state: "corrupt" });
  });

  it.each(["", "{", "null", '{"sources":"abc"}'])("is corrupt when its stamp is `%s`", async (text) => {
    await writeFile(join(folder, "kubeconform.json"), text);
    expect(await readState(sources, builtBy, folder)).toMatchObject({ state: "corrupt" });
  });
});

it("what killed builds left behind is removed", async () => {
  await writeFile(join(folder, ".etcd.123.partial"), "half");
  await mkdir(join(folder, ".scratch", "go-build1"), { recursive: true });
  await writeFile(join(folder, "etcd"), "whole");
  await removePartialBuilds(folder);
  expect(await remains()).toEqual(["etcd"]);
});

describe("a tool that is not there", () => {
  it("is a finding with the command that builds it", async () => {
    expect(await requireTools(["etcd"], folder)).toEqual([
      {
        code: "tool-missing",
        severity: "error",
        message: expect.stringMatching(/^etcd v3\.\d+\.\d+ is not built$/),
        expected: "the binary that tools/etcd/go.mod pins",
        hint: "pnpm tools etcd",
      },
    ]);
  });

  it("is one finding each, in the order of the builds", async () => {
    const findings = await requireTools(["kube-apiserver", "etcd"], folder);
    expect(findings.map(({ hint }) => hint)).toEqual(["pnpm tools etcd", "pnpm tools kube-apiserver"]);
  });

  it("has a path all the same", () => {
    expect(toolPath("kyverno", folder)).toBe(join(folder, "kubectl-kyverno"));
  });
});

describe("Go", () => {
  it("that is not installed is a finding that says what to install", async () => {
    vi.stubEnv("PATH", folder);
    expect(await findGo("1.26.6")).toMatchObject({
      found: false,
      finding: {
        code: "tool-missing",
        message: expect.stringContaining("not installed"),
        hint: expect.stringContaining("install Go 1.26.6 or newer"),
      },
    });
  });

  it("that is broken says why", async () => {
    await withGo('echo "cannot find GOROOT" >&2; exit 2');
    expect(await findGo("1.26.6")).toMatchObject({
      found: false,
      finding: { code: "tool-failed", message: expect.stringContaining("cannot find GOROOT") },
    });
  });

  it("that says nothing of itself is broken", async () => {
    await withGo("echo '{}'");
    expect(await findGo("1.26.6")).toMatchObject({ found: false, finding: { code: "tool-failed" } });
  });

  it("that is too old for a tool is a finding about this tool", () => {
    expect(checkGoVersion(toolchain, "1.27.0", "kyverno")).toMatchObject({
      message: "kyverno cannot be built with go1.26.8",
      expected: "Go 1.27.0 or newer in PATH",
    });
    expect(checkGoVersion(toolchain, "1.26.8", "kyverno")).toBeUndefined();
  });

  it("is asked for in the version that the most demanding tool needs", async () => {
    vi.stubEnv("PATH", folder);
    const { goMod } = await readSources("kyverno");
    const { go } = await readTools(["yaml-judge"], folder);
    expect(go).toMatchObject({ found: false, finding: { hint: expect.stringContaining(goMod.go) } });
  });
});
