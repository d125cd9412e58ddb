import { type Environment, type Finding, hasErrors, nearestName, type PlannedFile, type Platform } from "@plinth/core";
import { customMetrics, dashboardsIn } from "@plinth/dashboards";
import { chartAssets } from "../loading/chart-assets.ts";
import { preview as drawPreview, type Preview, previewDashboards, previewMoment } from "../preview/preview.ts";
import { type Filter, matches } from "../rendering/filter.ts";
import { type Modelled, planModel } from "../rendering/plan-model.ts";
import type { Sources } from "../rendering/prepare.ts";
import type { FileSystem } from "../writing/file-system.ts";
import { writePages } from "../writing/write-pages.ts";
import { refuse } from "./deliver.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { count, type Terminal } from "./terminal.ts";

export interface PreviewOptions extends Pick<Sources, "platform" | "root" | "catalogs" | "objectives" | "out"> {
  /** The first of production when there are none. */
  readonly environments: readonly string[];
  readonly teams: readonly string[];
  readonly services: readonly string[];
  /** Their uids. */
  readonly dashboards: readonly string[];
  /** Seconds since the epoch. @default always the same */
  readonly now?: number;
  readonly json: boolean;
}

/** Writes a page for each dashboard, and a list of them. */
export async function preview(options: PreviewOptions, terminal: Terminal, fileSystem: FileSystem): Promise<ExitCode> {
  const started = performance.now();
  terminal.progress("reading the platform …");
  const { environments, teams, services } = options;
  // Today decides only what has ended, and no dashboard shows that.
  const today = new Date((options.now ?? previewMoment) * 1000).toISOString().slice(0, 10);
  const modelled = await planModel({ ...options, today }, { environments, teams, services, components: [] });
  terminal.progress(undefined);
  if (!("files" in modelled) || hasErrors(modelled.findings))
    return refuse(options, modelled.findings, terminal, exitCodes.invalid);
  const chosen = chosenEnvironments(modelled.platform, environments);
  const previews: { readonly environment: Environment; readonly preview: Preview }[] = [];
  const unknown: (readonly Finding[])[] = [];
  for (const environment of chosen) {
    terminal.progress(`drawing ${environment.name} …`);
    const drawn = previewOf(options, modelled, environment);
    if ("finding" in drawn) unknown.push([drawn.finding]);
    else previews.push({ environment, preview: drawn });
  }
  terminal.progress(undefined);
  // A dashboard that one environment lacks is no mistake while another has it.
  const [refusal] = unknown;
  if (refusal !== undefined && previews.length === 0) return refuse(options, refusal, terminal, exitCodes.invalid);
  const pages = previews.flatMap(({ environment, preview: { files } }) =>
    files.map(({ path, text }) => ({ path: previews.length > 1 ? `${environment.name}/${path}` : path, text })),
  );
  const written = writePages(options.out, pages, fileSystem);
  if ("finding" in written)
    return refuse(
      options,
      [written.finding],
      terminal,
      written.finding.code === "not-writable" ? exitCodes.environment : exitCodes.invalid,
    );
  tell(options, previews, pages.length, started, terminal);
  return exitCodes.ok;
}

function chosenEnvironments({ environments }: Platform, names: readonly string[]): readonly Environment[] {
  if (names.length > 0) return environments.filter(({ name }) => names.includes(name));
  return [environments.find(({ production }) => production) ?? environments[0]].flatMap((found) => found ?? []);
}

function previewOf(
  { teams, services, dashboards: uids, now = previewMoment }: PreviewOptions,
  { platform, components, files }: Modelled,
  environment: Environment,
): Preview | { readonly finding: Finding } {
  const own = files.filter(({ entry }) => entry.environment === undefined || entry.environment === environment.name);
  const filter: Filter = { environments: [], teams, services, components: [] };
  const resourcesOf = (some: readonly PlannedFile[]) => some.flatMap(({ resource }) => resource ?? []);
  const shown = own.filter(
    ({ entry, resource }) => matches(filter, entry) && resource !== undefined && dashboardsIn(resource).length > 0,
  );
  const all = previewDashboards(resourcesOf(shown));
  const missing = uids.find((uid) => all.every((dashboard) => dashboard.uid !== uid));
  const known = all.map(({ uid }) => uid);
  if (missing !== undefined || all.length === 0)
    return {
      finding: {
        code: "unknown-reference",
        severity: "error",
        path: "--dashboard",
        message:
          missing === undefined
            ? `nothing in ${environment.name} that is asked for has a dashboard`
            : `there is no dashboard ${JSON.stringify(missing)} in ${environment.name}`,
        ...(known[0] === undefined
          ? { expected: "a team or a service that has dashboards" }
          : {
              expected: `one of ${known.join(", ")}`,
              example: `--dashboard ${nearestName(missing ?? "", known) ?? known[0]}`,
            }),
      },
    };
  const dashboards = uids.length === 0 ? all : all.filter(({ uid }) => uids.includes(uid));
  return drawPreview({
    platform,
    environment,
    resources: resourcesOf(own),
    dashboards,
    assets: chartAssets(),
    metrics: customMetrics(components, platform),
    now,
  });
}

function tell(
  { out, json }: PreviewOptions,
  previews: readonly { readonly environment: Environment; readonly preview: Preview }[],
  files: number,
  started: number,
  terminal: Terminal,
): void {
  const seconds = Math.round((performance.now() - started) / 10) / 100;
  const all = previews.flatMap(({ environment, preview: { dashboards } }) =>
    dashboards.map(({ dashboard: { uid, title }, ...rest }) => ({
      environment: environment.name,
      uid,
      title,
      ...rest,
    })),
  );
  if (json) {
    terminal.out(JSON.stringify({ ok: true, out, files, dashboards: all, seconds }, null, 2));
    return;
  }
  const sum = (of: (one: (typeof all)[number]) => number): number => all.reduce((total, one) => total + of(one), 0);
  for (const { title, refused } of all)
    if (refused.length > 0) terminal.err(`  ${title}: not drawn: ${refused.join(", ")}`);
  const parts = [
    count(all.length, "dashboard"),
    count(
      sum(({ panels }) => panels),
      "panel",
    ),
    `${sum(({ empty }) => empty.length)} of them without data`,
  ];
  terminal.out(`  ${parts.join(", ")}   (${seconds.toFixed(2)} s)`);
  terminal.out(`  ${out}/index.html`);
}
