import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { indexFile } from "./location.ts";
import { parseSchemaIndex, type SchemaFile, type SchemaIndex } from "./schema-set.ts";

const partialSuffix = ".partial-";
/** Older than any run that could still be writing. */
const abandonedAfterMilliseconds = 60 * 60 * 1000;

/** The index of a complete folder of schemas; `undefined` when the folder is not there, or a file is missing or was cut off. */
export async function readSchemaSet(folder: string): Promise<SchemaIndex | undefined> {
  const index = await readIndex(folder);
  if (index === undefined) return undefined;
  for (const { file, bytes } of index.kinds) {
    const size = await sizeOf(join(folder, file));
    if (size !== bytes) return undefined;
  }
  return index;
}

/** The index of a folder of schemas, without a look at the files; `undefined` when there is none. */
export async function readIndex(folder: string): Promise<SchemaIndex | undefined> {
  try {
    return parseSchemaIndex(await readFile(join(folder, indexFile), "utf8"));
  } catch {
    return undefined;
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch {
    return undefined;
  }
}

/**
 * Writes a folder of schemas so that it is there completely or not at all: into a folder beside it that is then renamed.
 * A folder of that name that is damaged is replaced; one that another process completed in the meantime is kept.
 */
export async function writeSchemaSet(folder: string, files: readonly SchemaFile[], index: SchemaIndex): Promise<void> {
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const partial = await mkdtemp(`${folder}${partialSuffix}`);
  try {
    for (const { path, content } of [...files, { path: indexFile, content: `${JSON.stringify(index)}\n` }]) {
      await mkdir(dirname(join(partial, path)), { recursive: true });
      await writeFile(join(partial, path), content);
    }
    if ((await readSchemaSet(folder)) === undefined) await replace(folder, partial);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function replace(folder: string, partial: string): Promise<void> {
  try {
    await rename(partial, folder);
  } catch (error) {
    // Not empty: a damaged folder, or one that another process has just completed.
    if ((await readSchemaSet(folder)) !== undefined) return;
    if ((await sizeOf(folder)) === undefined) throw error;
    const damaged = await mkdtemp(`${folder}${partialSuffix}`);
    await rename(folder, join(damaged, "damaged"));
    await rename(partial, folder);
    await rm(damaged, { recursive: true, force: true });
  }
}

/** What a killed run left behind is never read; it only takes room. */
async function removeAbandoned(parent: string): Promise<void> {
  const now = Date.now();
  for (const name of await readdir(parent)) {
    if (!name.includes(partialSuffix)) continue;
    const path = join(parent, name);
    const age = now - ((await stat(path).catch(() => undefined))?.mtimeMs ?? now);
    if (age > abandonedAfterMilliseconds) await rm(path, { recursive: true, force: true });
  }
}
