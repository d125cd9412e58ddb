import { assemble, type Finding, type IndexEntry, type OutputFile, type Platform, sortFindings } from "@plinth/core";
import { checkTypes } from "../loading/check-types.ts";
import { platformModule } from "../loading/load-platform.ts";
import { readIndex } from "../writing/compare.ts";
import type { FileSystem } from "../writing/file-system.ts";
import { type Filter, isEmpty, matches } from "./filter.ts";
import { planModel } from "./plan-model.ts";

/** Where to read and where to write. */
export interface Sources {
  /** The platform's module or folder. */
  readonly platform: string;
  /** Catalog files of services. */
  readonly catalogs: readonly string[];
  /** Files of objectives of services. */
  readonly objectives: readonly string[];
  /** The output folder. */
  readonly out: string;
  /** Folder that the files in findings and headers are relative to. */
  readonly root: string;
  readonly checkTypes: boolean;
  /** The day on which exceptions have ended or not: `2026-12-31`. What is rendered does not depend on it. */
  readonly today: string;
}

/** Everything that would be written, ready to be compared, listed or written. */
export interface Prepared {
  readonly output: readonly OutputFile[];
  /** Files that are on disk and stay as they are, because a filter leaves them out. */
  readonly kept: ReadonlyMap<string, IndexEntry>;
  readonly platform: Platform;
  readonly findings: readonly Finding[];
}

/** What is wrong, when nothing can be planned. */
export interface Unprepared {
  readonly findings: readonly Finding[];
}

/** Loads the model, checks it, and plans every file. Nothing is written. */
export async function prepare(
  sources: Sources,
  filter: Filter,
  fileSystem: FileSystem,
): Promise<Prepared | Unprepared> {
  const module = platformModule(sources.platform);
  // The compiler is another process: it works while this one loads and plans.
  const diagnostics =
    sources.checkTypes && module !== undefined ? checkTypes(module, sources.root) : Promise.resolve([]);
  const planned = await planTree(sources, filter, fileSystem);
  const typeFindings = await diagnostics;
  if (typeFindings.length === 0) return planned;
  // The compiler sees all of a broken module; the loader only its first error.
  const others = planned.findings.filter(({ code }) => code !== "platform-not-loadable");
  return { findings: sortFindings([...typeFindings, ...others]) };
}

async function planTree(sources: Sources, filter: Filter, fileSystem: FileSystem): Promise<Prepared | Unprepared> {
  const modelled = await planModel(sources, filter);
  if (!("files" in modelled)) return modelled;
  const { platform, findings } = modelled;
  const files = isEmpty(filter) ? modelled.files : modelled.files.filter(({ entry }) => matches(filter, entry));
  const kept = isEmpty(filter) ? new Map<string, IndexEntry>() : keptFiles(sources.out, filter, fileSystem);
  return { platform, output: assemble(files, kept), kept, findings };
}

/** What the index owns and the filter leaves out, but for what is made anew from the paths of all. */
function keptFiles(out: string, filter: Filter, fileSystem: FileSystem): ReadonlyMap<string, IndexEntry> {
  return new Map(
    [...readIndex(out, fileSystem).index].filter(
      ([path, entry]) =>
        !matches(filter, entry) && entry.component !== "index" && !path.endsWith("/kustomization.yaml"),
    ),
  );
}
