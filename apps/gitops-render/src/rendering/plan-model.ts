import {
  buildPlatform,
  type Component,
  type Finding,
  hasErrors,
  type PlannedFile,
  type Platform,
  plan,
  relativeFile,
  sortFindings,
} from "@plinth/core";
import { loadCatalog } from "../loading/load-catalog.ts";
import { loadPlatform } from "../loading/load-platform.ts";
import { componentsTwice } from "./components-twice.ts";
import { type Filter, filterFindings } from "./filter.ts";
import type { Sources, Unprepared } from "./prepare.ts";

/** The model, and every file that follows from it. */
export interface Modelled {
  readonly platform: Platform;
  /** What made the files: Plinth's own components and those that the platform adds. */
  readonly components: readonly Component[];
  readonly files: readonly PlannedFile[];
  readonly findings: readonly Finding[];
}

const everything: Filter = { environments: [], teams: [], services: [], components: [] };

/** What additional components find names the file that they know: the whole path. */
function relativeTo(root: string): (finding: Finding) => Finding {
  return (finding) =>
    finding.source === undefined
      ? finding
      : { ...finding, source: { ...finding.source, file: relativeFile(finding.source.file, root) } };
}

/** Loads the model, checks it, and plans every file; no folder is looked at. Names in the filter must be those of the platform. */
export async function planModel(
  sources: Pick<Sources, "platform" | "root" | "catalogs" | "objectives" | "today">,
  filter: Filter = everything,
): Promise<Modelled | Unprepared> {
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
  const { components: own } = await import("../components.ts");
  const components = [...own, ...loaded.components];
  const twice = componentsTwice(components, platform.source);
  if (twice.length > 0) return { findings: sortFindings([...modelFindings, ...twice]) };
  const unknown = filterFindings(filter, platform, components);
  if (unknown.length > 0) return { findings: unknown };
  const planned = plan(platform, components, { today: sources.today });
  return {
    platform,
    components,
    files: planned.files,
    findings: sortFindings([...modelFindings, ...planned.findings.map(relativeTo(sources.root))]),
  };
}
