import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "./file-system.ts";
import { writePages } from "./write-pages.ts";

const root = mkdtempSync(join(tmpdir(), "plinth-pages-"));
afterAll(() => rmSync(root, { recursive: true }));

const page = (path: string, text = path) => ({ path, text });

describe("a folder of pages", () => {
  it("holds these pages and none of the earlier ones", () => {
    const folder = join(root, "a");
    expect(writePages(folder, [page("index.html"), page("staging/x.html")], nodeFileSystem)).toEqual({ removed: 0 });
    expect(writePages(folder, [page("index.html", "new")], nodeFileSystem)).toEqual({ removed: 1 });
    expect(readdirSync(folder)).toEqual(["index.html", "preview.json"]);
    expect(readFileSync(join(folder, "index.html"), "utf8")).toBe("new");
  });

  it("is refused where somebody else's file lies, which stays", () => {
    const folder = join(root, "b");
    writePages(folder, [page("index.html")], nodeFileSystem);
    writeFileSync(join(folder, "notes.txt"), "mine");
    expect(writePages(folder, [page("other.html")], nodeFileSystem)).toMatchObject({
      finding: { code: "foreign-file", message: expect.stringContaining("notes.txt") },
    });
    expect(readdirSync(folder)).toEqual(["index.html", "notes.txt", "preview.json"]);
  });

  it("is refused where there is a file of that name", () => {
    const folder = join(root, "c");
    writeFileSync(folder, "mine");
    expect(writePages(folder, [page("index.html")], nodeFileSystem)).toMatchObject({
      finding: { code: "foreign-file" },
    });
  });

  it("stays as it was when the disk is full", () => {
    const folder = join(root, "d");
    writePages(folder, [page("index.html", "old")], nodeFileSystem);
    const full = {
      ...nodeFileSystem,
      write: (path: string, text: string) => {
        if (text === "second") throw Object.assign(new Error("full"), { code: "ENOSPC" });
        nodeFileSystem.write(path, text);
      },
    };
    const written = writePages(folder, [page("index.html", "first"), page("b.html", "second")], full);
    expect(written).toMatchObject({ finding: { code: "not-writable", message: expect.stringContaining("ENOSPC") } });
    expect(readdirSync(folder)).toEqual(["index.html", "preview.json"]);
    expect(readFileSync(join(folder, "index.html"), "utf8")).toBe("old");
    expect(readdirSync(root)).not.toContain("d.preview-staging");
  });

  it("removes nothing outside, whatever its list says", () => {
    const folder = join(root, "e");
    writePages(folder, [page("index.html")], nodeFileSystem);
    writeFileSync(join(root, "kept.txt"), "mine");
    writeFileSync(join(folder, "preview.json"), JSON.stringify({ files: ["index.html", "../kept.txt"] }));
    writePages(folder, [page("index.html")], nodeFileSystem);
    expect(readFileSync(join(root, "kept.txt"), "utf8")).toBe("mine");
  });
});
