import { join, resolve } from "node:path";

/** Where the Go modules of the tools lie, one folder each: `tools/` at the root of the repository. */
export const toolsFolder: string = resolve(import.meta.dirname, "../../../tools");

/** What `pnpm tools` makes: never committed, safe to delete. */
export const cacheFolder: string = join(toolsFolder, ".cache");

/** The built binaries, and beside each the stamp that says from what it was built. */
export const binaryFolder: string = join(cacheFolder, "bin");
