import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compareTrees } from "../comparison/compare-trees.ts";
import type { Tree } from "../comparison/tree-comparison.ts";
import { nodeFileSystem } from "../writing/file-system.ts";
import { gitIn } from "./git.ts";
import type { ReadTree } from "./read-tree.ts";
import { makeRepository } from "./repository.fixture.ts";
import { treeOfFolder } from "./tree-of-folder.ts";
import { treeOfRevision } from "./tree-of-revision.ts";

const file = "rendered/application/production/data/cart/configmap-a.yaml";
const configMap = (value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { key: "${value}" }\n`;

function treeIn(read: ReadTree): Tree {
  if (read.tree === undefined) throw new Error(JSON.stringify(read.findings));
  return read.tree;
}

const valueIn = (tree: Tree): unknown => tree.objectsIn("production").map(({ resource }) => resource["data"]);

describe("the tree of a revision", () => {
  test("is read by branch, tag, distance and abbreviated hash, from any folder of the repository", () => {
    using repository = makeRepository();
    repository.write({ [file]: configMap("1"), "other/x.txt": "x" });
    const first = repository.commit("one");
    repository.git("tag", "v1");
    repository.git("update-ref", "refs/remotes/origin/main", "HEAD");
    repository.write({ [file]: configMap("2") });
    repository.commit("two");
    for (const revision of ["v1", "HEAD~1", "main^", "origin/main", first, first.slice(0, 8)])
      expect(valueIn(treeIn(treeOfRevision(revision, "rendered", repository.folder)))).toEqual([{ key: "1" }]);
    expect(valueIn(treeIn(treeOfRevision("main", "../rendered", join(repository.folder, "other"))))).toEqual([
      { key: "2" },
    ]);
    expect(valueIn(treeIn(treeOfRevision("main", join(repository.folder, "rendered"), repository.folder)))).toEqual([
      { key: "2" },
    ]);
    expect(treeIn(treeOfRevision("main", ".", join(repository.folder, "rendered"))).environments).toEqual([
      "production",
    ]);
  });

  test("has no difference from the folder that was committed, and shows what was edited since", () => {
    using repository = makeRepository();
    const [binary, named] = [new Uint8Array([0, 255]), "rendered/docs/ein Täst\tx.md"];
    repository.write({ [file]: configMap("1"), [named]: "a\n", "rendered/docs/picture.png": binary });
    repository.commit("one");
    const folder = (): Tree => treeIn(treeOfFolder(join(repository.folder, "rendered"), nodeFileSystem, "rendered"));
    const committed = treeIn(treeOfRevision("main", "rendered", repository.folder));
    expect(committed.files.paths).toContain("docs/ein Täst\tx.md");
    const same = compareTrees(committed, folder());
    expect(same).toMatchObject({ changes: [], documents: [], equalFiles: 1 });
    expect(same.findings()).toEqual([]);
    repository.write({ [file]: configMap("2"), [named]: "b\n" });
    expect(compareTrees(committed, folder())).toMatchObject({
      changes: [{ kind: "changed", fields: [{ path: "data.key", before: "1", after: "2" }] }],
      documents: [{ kind: "changed" }],
    });
  });

  test("names contents as its repository does", () => {
    using repository = makeRepository("--object-format=sha256");
    repository.write({ [file]: configMap("1") });
    repository.commit("one");
    const committed = treeIn(treeOfRevision("main", "rendered", repository.folder));
    const folder = treeIn(treeOfFolder(join(repository.folder, "rendered"), nodeFileSystem));
    expect(compareTrees(folder, committed)).toMatchObject({ changes: [], equalFiles: 1 });
    using other = makeRepository();
    other.write({ [file]: configMap("1") });
    other.commit("one");
    const elsewhere = treeIn(treeOfRevision("main", "rendered", other.folder));
    expect(compareTrees(elsewhere, committed)).toMatchObject({ changes: [], equalFiles: 1 });
  });

  test("leaves out links, and says so", () => {
    using repository = makeRepository();
    repository.write({ [file]: configMap("1") });
    symlinkSync("/etc/passwd", join(repository.folder, "rendered", "link.yaml"));
    repository.commit("one");
    const committed = treeIn(treeOfRevision("main", "rendered", repository.folder));
    const folder = treeIn(treeOfFolder(join(repository.folder, "rendered"), nodeFileSystem));
    for (const tree of [committed, folder]) {
      expect(tree.files.paths).toEqual(["application/production/data/cart/configmap-a.yaml"]);
      expect(tree.findings()).toMatchObject([
        { code: "not-compared", source: { file: "link.yaml" }, message: "is a symbolic link; it is not compared" },
      ]);
    }
  });

  test("may hold files that are not UTF-8: they are not compared", () => {
    using repository = makeRepository();
    repository.write({ [file]: new Uint8Array([0x61, 0xff, 0xfe]) });
    repository.commit("one");
    const tree = treeIn(treeOfRevision("main", "rendered", repository.folder));
    expect(compareTrees(tree, tree).findings()).toEqual([]);
    expect(tree.objectsIn("production")).toEqual([]);
    expect(tree.findings()).toMatchObject([{ code: "not-compared", message: "is not UTF-8; it is not compared" }]);
  });
});

describe("a revision is refused", () => {
  const refused = (read: ReadTree): unknown => read.findings?.[0];

  test("that is not there, with the names that are", () => {
    using repository = makeRepository();
    repository.write({ [file]: configMap("1") });
    repository.commit("one");
    repository.git("branch", "release");
    expect(refused(treeOfRevision("mian", "rendered", repository.folder))).toEqual({
      code: "tree-not-found",
      severity: "error",
      message: "there is no revision mian",
      expected: "for example main, release",
      example: "main",
      hint: "git fetch, if it is on the server only",
    });
  });

  test("that looks like an option, a range, or nothing", () => {
    using repository = makeRepository();
    repository.write({ [file]: configMap("1") });
    repository.commit("one");
    for (const revision of ["--output=/tmp/x", "-h", ""])
      expect(refused(treeOfRevision(revision, "rendered", repository.folder))).toMatchObject({
        message: `"${revision}" is no Git revision`,
      });
    for (const revision of ["main..main", "main:rendered", "a b", "main^{tree}x"])
      expect(refused(treeOfRevision(revision, "rendered", repository.folder))).toMatchObject({
        message: `"${revision}" does not name one commit`,
      });
    expect(refused(treeOfRevision("main^{tree}", "rendered", repository.folder))).toMatchObject({
      code: "tree-not-found",
    });
  });

  test("of a shallow clone, with the command that fetches it", () => {
    using origin = makeRepository();
    origin.write({ [file]: configMap("1") });
    origin.commit("one");
    origin.commit("two");
    using clone = makeRepository();
    clone.git("fetch", "--quiet", "--depth=1", `file://${origin.folder}`, "main:refs/heads/work");
    expect(refused(treeOfRevision("origin/main", "rendered", clone.folder))).toMatchObject({
      message: expect.stringContaining("shallow clone"),
      hint: "git fetch --depth=1 origin +refs/heads/main:refs/remotes/origin/main, or fetch-depth: 0 in the pipeline's checkout",
    });
    expect(refused(treeOfRevision("work~1", "rendered", clone.folder))).toMatchObject({
      hint: "git fetch --unshallow, or fetch-depth: 0 in the pipeline's checkout",
    });
  });

  test("of a repository without history, and outside of any", () => {
    using repository = makeRepository();
    expect(refused(treeOfRevision("main", "rendered", repository.folder))).toMatchObject({
      message: "there is no revision main: the repository has no commit yet",
    });
    expect(refused(treeOfRevision("main", "rendered", "/"))).toMatchObject({
      code: "tree-not-found",
      message: expect.stringContaining("Git finds no repository here"),
    });
  });

  test("without Git", () => {
    using repository = makeRepository();
    const git = gitIn(repository.folder, "a-program-that-nobody-has");
    expect(refused(treeOfRevision("main", "rendered", repository.folder, git))).toMatchObject({ code: "tool-missing" });
  });

  test("when the folder is not there at that revision, is a file, or is outside", () => {
    using repository = makeRepository();
    repository.write({ "platform/x.ts": "x", rendered: "a file" });
    repository.commit("one");
    expect(refused(treeOfRevision("main", "out", repository.folder))).toMatchObject({
      message: "there is no folder out at main",
      expected: "a folder that is there at that revision: it has platform",
    });
    expect(refused(treeOfRevision("main", "rendered", repository.folder))).toMatchObject({
      message: "rendered is a file at main",
    });
    expect(refused(treeOfRevision("main", "../elsewhere", repository.folder))).toMatchObject({
      message: "../elsewhere lies outside of the repository",
    });
  });
});

describe("a folder that is the root of its repository", () => {
  test("has no files of Git's own, as its revisions have none", () => {
    using repository = makeRepository();
    repository.write({ "application/production/data/cart/configmap-a.yaml": configMap("1") });
    repository.commit("one");
    const folder = treeIn(treeOfFolder(repository.folder, nodeFileSystem));
    expect(folder.files.paths).toEqual(treeIn(treeOfRevision("main", ".", repository.folder)).files.paths);
  });
});

describe("a folder is refused", () => {
  test("that is not there, or is a file", () => {
    using repository = makeRepository();
    mkdirSync(join(repository.folder, "rendered"));
    repository.write({ "rendered/x": "x" });
    for (const path of ["nowhere", "rendered/x"])
      expect(treeOfFolder(join(repository.folder, path), nodeFileSystem).findings).toMatchObject([
        { code: "tree-not-found", severity: "error" },
      ]);
  });
});
