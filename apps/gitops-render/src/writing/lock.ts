import type { Finding } from "@plinth/core";
import { lockName } from "./compare.ts";
import { errorCode, type FileSystem } from "./file-system.ts";

/** A lock that is held, or why it is not. */
export type Lock = { readonly held: true; release(): void } | { readonly held: false; readonly finding: Finding };

const isRunning = (processId: number): boolean => {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return errorCode(error) === "EPERM";
  }
};

/** Takes the output folder for one render. The lock of a process that no longer runs is taken over. */
export function takeLock(root: string, fileSystem: FileSystem, processId: number = process.pid): Lock {
  const path = `${root}/${lockName}`;
  for (let attempt = 0; attempt < 3; attempt++) {
    if (fileSystem.createExclusively(path, `${processId}\n`))
      return { held: true, release: () => fileSystem.remove(path) };
    const text = fileSystem.read(path);
    if (text === undefined) continue;
    const holder = Number(text);
    if (Number.isInteger(holder) && holder > 0 && holder !== processId && isRunning(holder)) {
      return {
        held: false,
        finding: {
          code: "render-in-progress",
          severity: "error",
          message: `process ${holder} renders into this folder`,
          hint: "wait until it is done",
        },
      };
    }
    // Renamed before it is removed: of two renders that find a dead lock only one moves it away.
    const aside = `${path}-${processId}`;
    try {
      fileSystem.rename(path, aside);
    } catch {
      continue;
    }
    fileSystem.remove(aside);
  }
  return {
    held: false,
    finding: {
      code: "render-in-progress",
      severity: "error",
      message: "another render takes this folder",
      hint: "run it again",
    },
  };
}
