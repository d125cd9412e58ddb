import { type Environment, type Finding, fieldAt, listAt, type Platform, type Resource, textMapAt } from "@plinth/core";
import { dashboardsIn } from "@plinth/dashboards";
import { dashboardUrl, runbookUrl } from "@plinth/metrics";
import { objectsOfEnvironment, type RenderedTree } from "./rendered-tree.ts";

/** A dashboard, as a link finds it. */
interface LinkTarget {
  readonly panels: ReadonlySet<number>;
  readonly variables: ReadonlySet<string>;
}

/** What links of one environment may lead to. */
interface LinkTargets {
  readonly dashboards: ReadonlyMap<string, LinkTarget>;
  /** Paths of all files of the tree. */
  readonly files: ReadonlySet<string>;
  /** What addresses of dashboards, and of runbooks, begin with. */
  readonly grafana: string;
  readonly runbooks: string;
}

/** A link and where it stands. */
interface FoundLink {
  readonly file: string;
  readonly path: string;
  readonly url: string;
}

/** What is said of an environment: how many links were followed, and those that lead nowhere. */
export interface FollowedLinks {
  readonly followed: number;
  readonly findings: readonly Finding[];
}

/**
 * Follows each link of each alert of an environment, in rules of Prometheus and of Grafana, and each link of a dashboard to a runbook: to a dashboard of the same render,
 * a panel and variables of it, and to a rendered page.
 */
export function followLinks(tree: RenderedTree, platform: Platform, environment: Environment): FollowedLinks {
  const objects = objectsOfEnvironment(tree, environment.name);
  const texts = objects.flatMap(({ file, resource }) =>
    dashboardsIn(resource).map(({ text }) => ({ file: file.path, dashboard: parsed(text) })),
  );
  const targets: LinkTargets = {
    dashboards: new Map(texts.map(({ dashboard }) => [String(fieldAt(dashboard, "uid")), linkTarget(dashboard)])),
    files: new Set(tree.files.map(({ path }) => path)),
    grafana: dashboardUrl(platform, ""),
    runbooks: runbookUrl(platform, "any").replace(/runbooks\/any\.md$/, ""),
  };
  const links = [
    ...objects.flatMap(({ file, resource }) => alertLinks(file.path, resource)),
    ...texts.flatMap(({ file, dashboard }) => panelLinks(file, dashboard)),
  ];
  return { followed: links.length, findings: links.flatMap((link) => deadLink(link, targets)) };
}

/** Follows the links of runbooks and other pages: to a dashboard of any environment, each has its own Grafana. */
export function followPageLinks(tree: RenderedTree, platform: Platform): FollowedLinks {
  const targets = new Map(
    tree.objects.flatMap(({ resource }) =>
      dashboardsIn(resource).map(({ text }): [string, LinkTarget] => {
        const dashboard = parsed(text);
        return [String(fieldAt(dashboard, "uid")), linkTarget(dashboard)];
      }),
    ),
  );
  const grafana = dashboardUrl(platform, "");
  const links = tree.files
    .filter(({ path }) => path.endsWith(".md"))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((https:[^)]*)\)/g)].flatMap(([, url = ""]) =>
        url.startsWith(grafana) ? [{ file: path, path: "", url }] : [],
      ),
    );
  return { followed: links.length, findings: links.flatMap((link) => deadDashboard(link, targets, grafana)) };
}

function alertLinks(file: string, resource: Resource): readonly FoundLink[] {
  const rules =
    resource.kind === "PrometheusRule"
      ? listAt(resource, "spec", "groups").flatMap((group) => listAt(group, "rules"))
      : resource.kind === "GrafanaAlertRuleGroup"
        ? listAt(resource, "spec", "rules")
        : [];
  return rules.flatMap((rule) => {
    const name = fieldAt(rule, "alert") ?? fieldAt(rule, "title");
    return Object.entries(textMapAt(rule, "annotations"))
      .filter(([annotation]) => annotation === "dashboard_url" || annotation === "runbook_url")
      .map(([annotation, url]) => ({ file, path: `${String(name)}.annotations.${annotation}`, url }));
  });
}

function panelLinks(file: string, dashboard: unknown): readonly FoundLink[] {
  return listAt(dashboard, "panels").flatMap((panel) =>
    listAt(panel, "links")
      .filter((link) => fieldAt(link, "title") === "Runbook")
      .map((link) => ({ file, path: `${String(fieldAt(panel, "title"))}.links`, url: String(fieldAt(link, "url")) })),
  );
}

function deadLink(link: FoundLink, targets: LinkTargets): readonly Finding[] {
  if (link.url.startsWith(targets.grafana)) return deadDashboard(link, targets.dashboards, targets.grafana);
  if (!link.url.startsWith(targets.runbooks)) {
    return [
      dead(link, `leads to ${link.url}`, `an address that begins with ${targets.grafana} or ${targets.runbooks}`),
    ];
  }
  const page = link.url.slice(targets.runbooks.length);
  return targets.files.has(page) ? [] : [dead(link, `leads to ${page}, which was not rendered`, "a rendered page")];
}

function deadDashboard(
  link: FoundLink,
  dashboards: ReadonlyMap<string, LinkTarget>,
  grafana: string,
): readonly Finding[] {
  const [uid = "", query = ""] = link.url.slice(grafana.length).split("?");
  const target = dashboards.get(uid);
  if (target === undefined) return [dead(link, `leads to the dashboard ${uid}, which was not rendered`, "its uid")];
  return query
    .split("&")
    .filter((part) => part !== "")
    .flatMap((part) => {
      const [name = "", value = ""] = part.split("=");
      if (name === "viewPanel" && target.panels.has(Number(value.replace(/^panel-/, "")))) return [];
      if (name.startsWith("var-") && target.variables.has(name.slice("var-".length))) return [];
      return [dead(link, `asks ${uid} for ${part}, which it does not have`, "a panel or a variable of the dashboard")];
    });
}

function dead({ file, path }: FoundLink, message: string, expected: string): Finding {
  return { code: "unknown-reference", severity: "error", file, path, message, expected };
}

function linkTarget(dashboard: unknown): LinkTarget {
  return {
    panels: new Set(listAt(dashboard, "panels").flatMap((panel) => Number(fieldAt(panel, "id")))),
    variables: new Set(listAt(dashboard, "templating", "list").map((variable) => String(fieldAt(variable, "name")))),
  };
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}
