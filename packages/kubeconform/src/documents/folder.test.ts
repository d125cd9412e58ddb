import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Document } from "./document.ts";
import { type FolderOptions, folderDocuments } from "./folder.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "folder-documents-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const all = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const gathered: Item[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
};
const read = async (path = folder, options: FolderOptions = {}): Promise<Document[]> =>
  all(folderDocuments(path, options));
const write = async (name: string): Promise<void> => {
  await mkdir(join(folder, name, ".."), { recursive: true });
  await writeFile(join(folder, name), "a: 1\n");
};

describe("a folder", () => {
  it("gives the YAML and JSON files below it in the order of their paths", async () => {
    for (const name of ["b.yaml", "a/z.json", "a/b/c.YML", "readme.md"]) await write(name);
    expect((await read()).map(({ file }) => file)).toEqual(["a/b/c.YML", "a/z.json", "b.yaml"]);
  });

  it("leaves out what is excluded", async () => {
    for (const name of ["a.yaml", "kustomization.yaml"]) await write(name);
    const documents = await read(folder, { exclude: (file) => file.endsWith("kustomization.yaml") });
    expect(documents.map(({ file }) => file)).toEqual(["a.yaml"]);
  });

  it("may be a file", async () => {
    await write("a.yaml");
    expect((await read(join(folder, "a.yaml"))).map(({ file }) => file)).toEqual(["a.yaml"]);
  });

  it("reports a file that cannot be read and goes on", async () => {
    await symlink("/nowhere/at/all", join(folder, "a.yaml"));
    await write("b.yaml");
    const [broken, read_] = await read();
    expect(broken?.findings).toMatchObject([
      { code: "tool-failed", file: "a.yaml", message: expect.stringContaining("ENOENT") },
    ]);
    expect(read_?.file).toBe("b.yaml");
  });

  it("without anything to judge is an error, not a success", async () => {
    expect((await read())[0]?.findings).toMatchObject([
      { severity: "error", message: expect.stringContaining("nothing was judged") },
    ]);
    await write("a.yaml");
    expect((await read(folder, { exclude: () => true }))[0]?.findings[0]?.message).toContain("not excluded");
  });

  it("that does not exist is an error", async () => {
    expect((await read(join(folder, "missing")))[0]?.findings).toMatchObject([
      { code: "tool-failed", message: expect.stringContaining("ENOENT") },
    ]);
  });
});
