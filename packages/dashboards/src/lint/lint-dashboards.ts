import { type Finding, nearestName } from "@plinth/core";
import { isJsonObject, type JsonObject, objectsAt, quotedValue, textsIn } from "../json/json-value.ts";
import { type DashboardDocument, dashboardDocument } from "./dashboard-document.ts";

/** A dashboard of a whole set. */
export interface DashboardFile {
  /** How a finding names it: its path, or its resource. */
  readonly file: string;
  /** Its JSON. */
  readonly text: string;
}

/**
 * What is wrong between the dashboards of one Grafana: uids that two share; links to dashboards, panels and variables that are not there; lists
 * of dashboards by tags that none has. What is wrong within each is `lintDashboard`'s to say.
 *
 * @example
 * lintDashboards([{ file: "a.json", text: '{"uid":"a","links":[{"url":"/d/b"}]}' }]).map(({ message }) => message);
 */
export function lintDashboards(files: readonly DashboardFile[]): readonly Finding[] {
  const dashboards = files.flatMap(({ file, text }) => {
    const json = parsed(text);
    return json === undefined ? [] : [{ file, json, document: dashboardDocument(json, text.length) }];
  });
  const first = new Map<string, string>();
  const places = new Map<string, Place>();
  const findings: Finding[] = [];
  for (const { file, document } of dashboards) {
    const { uid } = document;
    if (uid === undefined) continue;
    const earlier = first.get(uid);
    if (earlier !== undefined) {
      findings.push({
        code: "duplicate-name",
        severity: "error",
        file,
        path: "uid",
        message: `has the uid ${JSON.stringify(uid)} of ${earlier}`,
        expected: "a uid of its own for each dashboard",
      });
      continue;
    }
    first.set(uid, file);
    places.set(uid, placeOf(document));
  }
  for (const { file, json } of dashboards) {
    const about = { code: "unknown-reference" as const, severity: "error" as const, file };
    for (const [text, path] of textsIn(json)) {
      if (!/(^|\.)url$/.test(path)) continue;
      for (const problem of linkProblems(text, places)) findings.push({ ...about, path, ...problem });
    }
    for (const [link, index] of objectsAt(json, "links"))
      for (const problem of tagProblems(link, places))
        findings.push({ ...about, path: `links[${index}].tags`, ...problem });
  }
  return findings;
}

/** What a link can lead to within a dashboard. */
interface Place {
  readonly panels: ReadonlySet<number>;
  readonly variables: ReadonlySet<string>;
  readonly tags: ReadonlySet<unknown>;
}

function placeOf({ json, panels, templates }: DashboardDocument): Place {
  const { tags } = json;
  return {
    panels: new Set(panels.flatMap(({ id }) => (id === undefined ? [] : [id]))),
    variables: new Set(templates.map(({ name }) => name)),
    tags: new Set(Array.isArray(tags) ? tags : []),
  };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isJsonObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

type LinkProblem = Pick<Finding, "message" | "expected">;

/** Nothing when the address leads to a dashboard of the set, a panel and variables of it, or is no dashboard's. */
function linkProblems(url: string, places: ReadonlyMap<string, Place>): readonly LinkProblem[] {
  const uid = /^\/d\/([^/?#]+)/.exec(url)?.[1];
  if (uid === undefined) return [];
  if (uid.includes("$")) return variableUidProblems(uid, places);
  const place = places.get(uid);
  if (place === undefined) {
    const nearest = nearestName(uid, [...places.keys()]);
    return [
      {
        message: `leads to the dashboard ${JSON.stringify(uid)}, which is not there`,
        expected: nearest ?? "the uid of a dashboard of this Grafana",
      },
    ];
  }
  const panel = /[?&](?:viewPanel|editPanel|inspect)=(?:panel-)?(\d+)/.exec(url)?.[1];
  const unknown = [...url.matchAll(/[?&]var-(\w+)=/g)].flatMap(([, name = ""]) =>
    place.variables.has(name) ? [] : [name],
  );
  return [
    ...(panel === undefined || place.panels.has(Number(panel))
      ? []
      : [{ message: `leads to panel ${panel} of ${uid}, which is not there`, expected: "the id of a panel" }]),
    ...unknown.map((name) => ({
      message: `sets the variable ${name} of ${uid}, which has none of that name`,
      expected: place.variables.size === 0 ? "no variable" : `one of ${[...place.variables].join(", ")}`,
    })),
  ];
}

/** A uid that the browser fills in must be able to become that of a dashboard. */
function variableUidProblems(uid: string, places: ReadonlyMap<string, Place>): readonly LinkProblem[] {
  const parts = uid.split(/\$\{[^}]*\}|\$\w+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`^${parts.join(".+")}$`);
  return [...places.keys()].some((known) => pattern.test(known))
    ? []
    : [
        {
          message: `leads to dashboards ${JSON.stringify(uid)}, of which there is none`,
          expected: "the beginning of the uid of a dashboard of this Grafana",
        },
      ];
}

/** A list of dashboards by tags that would stay empty. */
function tagProblems(link: JsonObject, places: ReadonlyMap<string, Place>): readonly LinkProblem[] {
  const { type, tags } = link;
  if (type !== "dashboards" || !Array.isArray(tags) || tags.length === 0) return [];
  return [...places.values()].some((place) => tags.every((tag) => place.tags.has(tag)))
    ? []
    : [
        {
          message: `lists dashboards with the tags ${tags.map(quotedValue).join(" and ")}, of which there is none`,
          expected: "tags that a dashboard of this Grafana has",
        },
      ];
}
