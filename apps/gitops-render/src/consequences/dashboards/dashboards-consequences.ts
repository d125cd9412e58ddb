import { fieldAt, textAt } from "@plinth/core";
import { dashboardKinds } from "@plinth/dashboards";
import type { ObjectChange, TreeComparison } from "../../comparison/tree-comparison.ts";
import { lineOf } from "../alerts/expression-change.ts";
import type { Consequence, ConsequenceReader } from "../consequence.ts";
import { type About, about } from "../whole/about.ts";
import { alikeTogether } from "../whole/alike.ts";
import { listed, pairsOf, printData, sameData } from "../whole/pairs.ts";
import { toldChanges } from "../whole/told-changes.ts";
import { type Whole, wholeIn } from "../whole/whole.ts";
import { dashboardsOf, type RenderedDashboard, type RenderedPanel } from "./rendered-dashboard.ts";

/** What many dashboards have alike when their common base changes. */
const folded: ReadonlySet<string> = new Set(["dashboard-links-changed", "dashboard-look-changed"]);

/** What a change means for what people look at: dashboards, their panels and folders. */
export const dashboardsConsequences: ConsequenceReader = (comparison) =>
  comparison.environments.flatMap((environment) => [
    ...alikeTogether(dashboardChanges(comparison, environment), "dashboards", ({ rule }) => folded.has(rule)),
    ...folderChanges(comparison, environment),
  ]);

function dashboardChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  return toldChanges(comparison, environment, ...dashboardKinds).flatMap((change) => {
    const base = about(environment, change);
    const [was, is] = [on(change, "before"), on(change, "after")];
    if ([...was, ...is].includes("unread")) {
      const name = (change.after ?? change.before)?.resource.metadata.name;
      return [{ rule: "dashboard-unread", ...base, subject: `dashboard ${name}`, text: "cannot be read", details: [] }];
    }
    const readable = (list: readonly (RenderedDashboard | "unread")[]): readonly RenderedDashboard[] =>
      list.filter((dashboard) => dashboard !== "unread");
    const whole = wholeIn(comparison, environment);
    // One object holds one dashboard, save for ConfigMaps, whose dashboards are known by their address.
    const isAlone = was.length === 1 && is.length === 1;
    return pairsOf(readable(was), readable(is), ({ uid }) => (isAlone ? "" : uid)).flatMap(({ before, after }) =>
      dashboardChange(base, whole, before, after).filter(
        ({ rule }) => !(followsServices(base, whole) && followed.has(rule)),
      ),
    );
  });
}

const followed: ReadonlySet<string> = new Set([
  "panels-changed",
  "dashboard-variables-changed",
  "dashboard-links-changed",
  "dashboard-look-changed",
]);

/** The dashboard of a team lists its services: it changes when one comes or goes. */
function followsServices({ team, service }: About, { services }: Whole): boolean {
  return service === undefined && team !== undefined && services.some((each) => each.team === team);
}

function on(change: ObjectChange, side: "before" | "after"): readonly (RenderedDashboard | "unread")[] {
  const object = change[side];
  return object === undefined ? [] : dashboardsOf(object);
}

type Base = About & { readonly subject: string };

function dashboardChange(
  found: About,
  whole: Whole,
  before: RenderedDashboard | undefined,
  after: RenderedDashboard | undefined,
): readonly Consequence[] {
  const dashboard = after ?? before;
  if (dashboard === undefined) return [];
  // Dashboards of services are alike: what is true of several is told once.
  const base: Base = {
    ...found,
    subject: found.service === undefined ? `dashboard ${dashboard.title}` : "dashboard of the service",
  };
  if (before === undefined) {
    return [{ rule: "dashboard-added", ...base, text: `comes, with ${panelsText(dashboard)}`, details: [] }];
  }
  if (after === undefined) {
    const text = `is gone, with ${panelsText(dashboard)}; links to /d/${dashboard.uid} lead nowhere`;
    return [{ rule: "dashboard-removed", ...base, text, details: [] }];
  }
  const told = [
    ...addressChange(base, before, after),
    ...folderChange(base, before, after),
    ...panelChanges(base, whole, before, after),
    ...variableChange(base, before, after),
    ...linkChange(base, before, after),
  ];
  if (told.length > 0 || sameData(before.json, after.json)) return told;
  return [{ rule: "dashboard-look-changed", ...base, text: "looks different, with the same content", details: [] }];
}

function panelsText({ panels }: RenderedDashboard): string {
  return `${panels.length} ${panels.length === 1 ? "panel" : "panels"}`;
}

function addressChange(base: Base, before: RenderedDashboard, after: RenderedDashboard): readonly Consequence[] {
  if (before.uid === after.uid) return [];
  const text = `lies at /d/${after.uid}, not at /d/${before.uid}: links to the old address lead nowhere`;
  return [{ rule: "dashboard-address-changed", ...base, text, details: [] }];
}

function folderChange(base: Base, before: RenderedDashboard, after: RenderedDashboard): readonly Consequence[] {
  if (before.folder === after.folder) return [];
  const text = `lies in the folder ${after.folder || "General"}, not in ${before.folder || "General"}`;
  return [{ rule: "dashboard-moved", ...base, text, details: [] }];
}

function panelChanges(
  base: Base,
  whole: Whole,
  before: RenderedDashboard,
  after: RenderedDashboard,
): readonly Consequence[] {
  const pairs = pairsOf(before.panels, after.panels, ({ title }) => title);
  const added = pairs.flatMap((pair) => (pair.before === undefined ? [pair.key] : []));
  const removed = pairs.flatMap((pair) => (pair.after === undefined ? [pair.key] : []));
  const changed = pairs.flatMap((pair) =>
    pair.before === undefined || pair.after === undefined ? [] : panelDetails(pair.key, whole, pair.before, pair.after),
  );
  const titles = [...new Set(changed.map(({ title }) => title))];
  return [
    ...(added.length === 0
      ? []
      : [{ rule: "panels-added" as const, ...base, text: `shows ${titlesText(added)}`, details: added }]),
    ...(removed.length === 0
      ? []
      : [{ rule: "panels-removed" as const, ...base, text: `shows no more ${titlesText(removed)}`, details: removed }]),
    ...(titles.length === 0
      ? []
      : [
          {
            rule: "panels-changed" as const,
            ...base,
            text: `shows something else in ${titlesText(titles)}`,
            details: changed.map(({ text }) => text),
          },
        ]),
  ];
}

function titlesText(titles: readonly string[]): string {
  return titles.length > 3 ? `${titles.length} panels` : listed(titles.map((title) => `"${title}"`));
}

interface PanelDetail {
  readonly title: string;
  readonly text: string;
}

function panelDetails(
  title: string,
  whole: Whole,
  before: RenderedPanel,
  after: RenderedPanel,
): readonly PanelDetail[] {
  const [was, is] = [before, after].map(({ queries }) => queries.map(lineOf));
  return [
    ...(sameData(was, is) || sameData(wordsOf(was, whole), wordsOf(is, whole))
      ? []
      : [
          {
            title,
            text: `${title}: asks ${(is ?? []).join("; ") || "nothing"}, not ${(was ?? []).join("; ") || "nothing"}`,
          },
        ]),
    ...(sameData(before.thresholds, after.thresholds)
      ? []
      : [
          {
            title,
            text: `${title}: changes at ${stepsText(after.thresholds)}, not at ${stepsText(before.thresholds)}`,
          },
        ]),
    ...(before.unit === after.unit
      ? []
      : [{ title, text: `${title}: counts in ${after.unit || "no unit"}, not in ${before.unit || "no unit"}` }]),
  ];
}

/** What queries are made of, sorted, without the names of services that come or go: a list of services follows them. */
function wordsOf(queries: readonly string[] | undefined, whole: Whole): readonly string[] {
  return (queries ?? [])
    .flatMap((query) => query.split(/[^A-Za-z0-9_-]+/))
    .filter((word) => word !== "" && !whole.ownsService(word))
    .sort();
}

/** `0.01 (yellow) and 0.05 (red)`. */
function stepsText(steps: unknown): string {
  if (!Array.isArray(steps)) return "nothing";
  const texts = steps.flatMap((step: unknown) => {
    const value = fieldAt(step, "value");
    return typeof value === "number" ? [`${value} (${textAt(step, "color")})`] : [];
  });
  return texts.length === 0 ? "nothing" : listed(texts);
}

function variableChange(base: Base, before: RenderedDashboard, after: RenderedDashboard): readonly Consequence[] {
  const changed = pairsOf(before.variables, after.variables, ({ name }) => name).flatMap(
    ({ key, before: was, after: is }) => (printData(was?.content) === printData(is?.content) ? [] : [key]),
  );
  if (changed.length === 0) return [];
  const text = `is narrowed in another way by ${listed(changed)}`;
  return [{ rule: "dashboard-variables-changed", ...base, text, details: [] }];
}

function linkChange(base: Base, before: RenderedDashboard, after: RenderedDashboard): readonly Consequence[] {
  if (sameData(before.links, after.links)) return [];
  return [{ rule: "dashboard-links-changed", ...base, text: "leads to other places", details: [] }];
}

/** Who may see and edit what lies in a folder. */
function folderChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  return toldChanges(comparison, environment, "GrafanaFolder").flatMap((change): readonly Consequence[] => {
    const { before, after } = change;
    if (before === undefined || after === undefined) return [];
    const [was, is] = [before, after].map(({ resource }) => textAt(resource, "spec", "permissions"));
    if (was === is) return [];
    return [
      {
        rule: "folder-access-changed",
        ...about(environment, change),
        subject: `folder ${textAt(after.resource, "spec", "title") || after.resource.metadata.name}`,
        text: "may be seen or edited by other people",
        details: [`- ${was || "as Grafana has it"}`, `+ ${is || "as Grafana has it"}`],
      },
    ];
  });
}
