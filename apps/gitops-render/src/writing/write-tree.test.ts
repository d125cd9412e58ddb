import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assemble, buildResource, type Component, type OutputFile, parseIndex, plan } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import fc from "fast-check";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compare, lockName, stagingPrefix } from "./compare.ts";
import { failingFileSystem } from "./failing-file-system.fixture.ts";
import { type FileSystem, nodeFileSystem } from "./file-system.ts";
import { type WriteResult, writeTree } from "./write-tree.ts";

/** The output of a platform whose foundation has these ServiceAccounts. */
const output = (names: readonly string[], mark = "a"): readonly OutputFile[] => {
  const accounts: Component = {
    name: "accounts",
    layer: "foundation",
    shared: () =>
      names.map((name) =>
        buildResource(ServiceAccount, { metadata: { name, namespace: "team", annotations: { mark } } }),
      ),
  };
  return assemble(plan(examplePlatform(), [accounts]).files);
};

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plinth-"));
  root = join(folder, "rendered");
});
afterEach(() => {
  execFileSync("chmod", ["-R", "u+w", folder]);
  rmSync(folder, { recursive: true });
});

const write = (files: readonly OutputFile[], fileSystem: FileSystem = nodeFileSystem, force = false): WriteResult =>
  writeTree(root, compare(root, files, new Map(), fileSystem), fileSystem, force);
const codesOf = (result: WriteResult): string[] => (result.ok ? [] : result.findings.map(({ code }) => code));
const account = (name: string): string => join(root, "foundation/base/accounts/team", `serviceaccount-${name}.yaml`);

/** Every file below the folder with its content. */
const snapshot = (below: string = root): Record<string, string> => {
  if (!existsSync(below)) return {};
  return Object.fromEntries(
    readdirSync(below, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(below.length + 1), readFileSync(path, "utf8")]),
  );
};
const expected = (files: readonly OutputFile[]): Record<string, string> =>
  Object.fromEntries(files.map(({ path, text }) => [path, text()]));

describe("writing a tree", () => {
  it("makes the folder what the plan says", () => {
    expect(write(output(["a", "b"]))).toEqual({ ok: true });
    expect(snapshot()).toEqual(expected(output(["a", "b"])));
  });

  it("touches only what changed", () => {
    write(output(["a", "b"]));
    const before = statSync(account("a"), { bigint: true });
    const comparison = compare(root, output(["a", "b", "c"]), new Map(), nodeFileSystem);
    expect(comparison.added.map(({ path }) => path)).toEqual(["foundation/base/accounts/team/serviceaccount-c.yaml"]);
    expect(comparison.changed.map(({ path }) => path)).toEqual([
      "foundation/base/accounts/kustomization.yaml",
      "index.json",
    ]);
    write(output(["a", "b", "c"]));
    expect(statSync(account("a"), { bigint: true })).toMatchObject({ ino: before.ino, mtimeNs: before.mtimeNs });
  });

  it("a second time does nothing at all, not even take the lock", () => {
    write(output(["a"]));
    expect(write(output(["a"]), failingFileSystem("makeFolder", "EROFS", 0))).toEqual({ ok: true });
  });

  it("removes what the model no longer says, with the folders that become empty", () => {
    write(output(["a"]));
    write([...assemble([])]);
    expect(Object.keys(snapshot())).toEqual(["index.json"]);
    expect(existsSync(join(root, "foundation"))).toBe(false);
  });

  it("comes from any tree to any other", () => {
    const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"));
    fc.assert(
      fc.property(names, names, fc.constantFrom("a", "b"), (before, after, mark) => {
        write(output(before));
        write(output(after, mark));
        expect(snapshot()).toEqual(expected(output(after, mark)));
        rmSync(root, { recursive: true });
      }),
      { numRuns: 20 },
    );
  });
});

describe("what is not Plinth's", () => {
  it("is refused when it was edited by hand, and named", () => {
    write(output(["a"]));
    writeFileSync(account("a"), `${readFileSync(account("a"), "utf8")}# mine\n`);
    const before = snapshot();
    const result = write(output(["a"], "b"));
    expect(result).toMatchObject({
      ok: false,
      findings: [{ code: "edited-by-hand", file: "foundation/base/accounts/team/serviceaccount-a.yaml" }],
    });
    expect(snapshot()).toEqual(before);
  });

  it("is refused also when the edited file would be removed", () => {
    write(output(["a", "b"]));
    writeFileSync(account("b"), `${readFileSync(account("b"), "utf8")}# mine\n`);
    expect(codesOf(write(output(["a"])))).toEqual(["edited-by-hand"]);
  });

  it("is overwritten when it was edited by hand and somebody insists", () => {
    write(output(["a"]));
    writeFileSync(account("a"), `${readFileSync(account("a"), "utf8")}# mine\n`);
    expect(write(output(["a"], "b"), nodeFileSystem, true)).toEqual({ ok: true });
    expect(snapshot()).toEqual(expected(output(["a"], "b")));
  });

  it("is never overwritten where Plinth would write, even when somebody insists", () => {
    mkdirSync(join(root, "foundation/base/accounts/team"), { recursive: true });
    writeFileSync(account("a"), "kind: Mine\n");
    expect(codesOf(write(output(["a"]), nodeFileSystem, true))).toEqual(["foreign-file"]);
    expect(readFileSync(account("a"), "utf8")).toBe("kind: Mine\n");
  });

  it("is reported and left alone elsewhere in the folder", () => {
    mkdirSync(join(root, "application"), { recursive: true });
    writeFileSync(join(root, "application/mine.yaml"), "kind: Mine\n");
    expect(compare(root, output(["a"]), new Map(), nodeFileSystem).foreign).toMatchObject([
      { code: "foreign-file", severity: "warning", file: "application/mine.yaml" },
    ]);
    expect(write(output(["a"]))).toEqual({ ok: true });
    expect(readFileSync(join(root, "application/mine.yaml"), "utf8")).toBe("kind: Mine\n");
  });

  it("is a file where a folder is needed", () => {
    mkdirSync(root);
    writeFileSync(join(root, "foundation"), "mine");
    expect(codesOf(write(output(["a"])))).toContain("foreign-file");
    expect(snapshot()).toEqual({ foundation: "mine" });
  });

  it("is a named pipe, which nobody waits for", () => {
    mkdirSync(join(root, "foundation/base/accounts/team"), { recursive: true });
    execFileSync("mkfifo", [account("a")]);
    expect(codesOf(write(output(["a"])))).toEqual(["foreign-file"]);
  });

  it("is an index that says something else", () => {
    mkdirSync(root);
    for (const text of ["", "{", "[]", '{"version": 2, "files": {}}', '{"version": 1, "files": {"a": 1}}']) {
      writeFileSync(join(root, "index.json"), text);
      expect(codesOf(write(output(["a"]))), text).toEqual(["edited-by-hand"]);
    }
  });

  it("is what an index lists outside of the folder", () => {
    mkdirSync(root);
    writeFileSync(join(folder, "precious"), "mine");
    writeFileSync(
      join(root, "index.json"),
      '{"version": 1, "files": {"../precious": {"component": "x"}, "/etc/hostname": {"component": "x"}}}',
    );
    expect(write(output(["a"]))).toEqual({ ok: true });
    expect(readFileSync(join(folder, "precious"), "utf8")).toBe("mine");
  });
});

describe("a symbolic link", () => {
  it.each([
    ["as the output folder", ""],
    ["on the way", "foundation"],
    ["where a file belongs", "foundation/base/accounts/team/serviceaccount-a.yaml"],
  ])("%s is refused, and nothing is written through it", (_name, path) => {
    const elsewhere = join(folder, "elsewhere");
    mkdirSync(elsewhere);
    const link = join(root, path);
    mkdirSync(join(link, ".."), { recursive: true });
    symlinkSync(elsewhere, link);
    expect(codesOf(write(output(["a"])))).toContain("unsafe-path");
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it("in place of an orphan is refused", () => {
    write(output(["a", "b"]));
    rmSync(account("b"));
    symlinkSync("/etc/hostname", account("b"));
    expect(codesOf(write(output(["a"])))).toEqual(["unsafe-path"]);
  });
});

describe("when the surroundings fail", () => {
  it("a full disk leaves the tree as it was", () => {
    write(output(["a", "b"]));
    const before = snapshot();
    for (const after of [0, 1, 2, 3]) {
      const result = write(output(["a", "c", "d"], "b"), failingFileSystem("write", "ENOSPC", after));
      expect(result).toMatchObject({ ok: false, findings: [{ code: "not-writable" }] });
      expect(result.ok ? "" : result.findings[0]?.message).toContain("the disk is full");
      expect(snapshot()).toEqual(before);
    }
  });

  it("an interruption at any point leaves whole files, and the next render completes the tree", () => {
    for (const operation of ["write", "rename", "remove", "makeFolder"] as const) {
      for (let after = 0; after < 12; after++) {
        rmSync(root, { recursive: true, force: true });
        write(output(["a", "b"]));
        write(output(["a", "c", "d"], "b"), failingFileSystem(operation, "EIO", after));
        const whole = { ...expected(output(["a", "b"])), ...expected(output(["a", "c", "d"], "b")) };
        const index = parseIndex(readFileSync(join(root, "index.json"), "utf8"));
        for (const [path, text] of Object.entries(snapshot())) {
          if (path === lockName || path.startsWith(stagingPrefix)) continue;
          expect(
            [whole[path], expected(output(["a", "b"]))[path], path === "index.json" ? text : undefined],
            path,
          ).toContain(text);
          expect("index" in index && (path === "index.json" || index.index.has(path)), `${path} is owned`).toBe(true);
        }
        expect(write(output(["a", "c", "d"], "b")), `${operation} ${after}`).toEqual({ ok: true });
        expect(snapshot()).toEqual(expected(output(["a", "c", "d"], "b")));
      }
    }
  });

  it("what a killed render left behind is cleared away", () => {
    mkdirSync(join(root, `${stagingPrefix}1`), { recursive: true });
    writeFileSync(join(root, `${stagingPrefix}1`, "0"), "half");
    const { pid } = spawnSync("true");
    writeFileSync(join(root, lockName), `${pid}\n`);
    expect(write(output(["a"]))).toEqual({ ok: true });
    expect(snapshot()).toEqual(expected(output(["a"])));
  });

  it("a second render at the same time is refused, and says who is at work", () => {
    mkdirSync(root);
    writeFileSync(join(root, lockName), `${process.ppid}\n`);
    expect(write(output(["a"]))).toMatchObject({
      ok: false,
      findings: [{ code: "render-in-progress", message: `process ${process.ppid} renders into this folder` }],
    });
    expect(Object.keys(snapshot())).toEqual([lockName]);
  });

  it("a read-only folder is named, with what to do", () => {
    write(output(["a"]));
    const before = snapshot();
    chmodSync(root, 0o555);
    // Root may write anywhere: there the same answer of the file system is simulated.
    const fileSystem = process.getuid?.() === 0 ? failingFileSystem("makeFolder", "EACCES", 0) : nodeFileSystem;
    const result = write(output(["b"]), fileSystem);
    expect(result).toMatchObject({
      ok: false,
      findings: [{ code: "not-writable", hint: "change the folder's permissions, or render to another with --out" }],
    });
    expect(snapshot()).toEqual(before);
  });
});
