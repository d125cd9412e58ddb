import {
  assemble,
  buildPlatform,
  type Finding,
  hasErrors,
  type IndexEntry,
  type OutputFile,
  type Platform,
  plan,
  sortFindings,
} from "@plinth/core";
import { checkTypes } from "../loading/check-types.ts";
import { loadCatalog } from "../loading/load-catalog.ts";
import { loadPlatform, platformModule } from "../loading/load-platform.ts";
import { readIndex } from "../writing/compare.ts";
import type { FileSystem } from "../writing/file-system.ts";
import { type Filter, filterFindings, isEmpty, matches } from "./filter.ts";

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
  const loaded = await loadPlatform(sources.platform, sources.root);
  const catalog = loadCatalog(sources.catalogs, sources.root);
  // Reading them is a part of another package, which a render without such files need not load yet.
  const { promises, findings: objectiveFindings } =
    sources.objectives.length === 0
      ? { promises: [], findings: [] }
      : (await import("../loading/load-objectives.ts")).loadObjectives(sources.objectives, sources.root);
  const fileFindings = [...catalog.findings, ...objectiveFindings];
  if ("findings" in loaded) return { findings: sortFindings([...loaded.findings, ...fileFindings]) };
  const { services } = catalog;
  const { platform, findings } = buildPlatform(loaded.definition, { root: sources.root, services, promises });
  const modelFindings = [...fileFindings, ...findings];
  if (platform === undefined || hasErrors(modelFindings)) return { findings: sortFindings(modelFindings) };
  const { components } = await import("../components.ts");
  const unknown = filterFindings(filter, platform, components);
  if (unknown.length > 0) return { findings: unknown };
  const planned = plan(platform, components, { today: sources.today });
  const files = isEmpty(filter) ? planned.files : planned.files.filter(({ entry }) => matches(filter, entry));
  const kept = isEmpty(filter) ? new Map<string, IndexEntry>() : keptFiles(sources.out, filter, fileSystem);
  return {
    platform,
    output: assemble(files, kept),
    kept,
    findings: sortFindings([...modelFindings, ...planned.findings]),
  };
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
