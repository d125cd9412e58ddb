import { type FileSystem, nodeFileSystem } from "./file-system.ts";

/** The real file system with one operation replaced, after a number of calls that work. */
export function failingFileSystem(
  operation: "write" | "rename" | "remove" | "makeFolder",
  code: string,
  after: number,
): FileSystem {
  let calls = 0;
  const fail = (): void => {
    if (++calls > after) throw Object.assign(new Error(`${code}: simulated`), { code });
  };
  return {
    ...nodeFileSystem,
    write: (path, text) => {
      if (operation === "write") fail();
      nodeFileSystem.write(path, text);
    },
    rename: (from, to) => {
      if (operation === "rename") fail();
      nodeFileSystem.rename(from, to);
    },
    remove: (path) => {
      if (operation === "remove") fail();
      nodeFileSystem.remove(path);
    },
    makeFolder: (path) => {
      if (operation === "makeFolder") fail();
      nodeFileSystem.makeFolder(path);
    },
  };
}
