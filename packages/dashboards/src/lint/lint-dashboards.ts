import type { Finding } from "@plinth/core";
import { isJsonObject, type JsonObject, textsIn } from "../json/json-value.ts";
import { dashboardDocument } from "./dashboard-document.ts";

/** A dashboard of a whole set. */
export interface DashboardFile {
  /** How a finding names it: its path, or its resource. */
  readonly file: string;
  /** Its JSON. */
  readonly text: string;
}

/**
 * What is wrong between the dashboards of one Grafana: uids that two share, links to dashboards and panels that are not there. What is wrong
 * within each is `lintDashboard`'s to say.
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
  const panels = new Map<string, ReadonlySet<number>>();
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
    panels.set(uid, new Set(document.panels.flatMap(({ id }) => (id === undefined ? [] : [id]))));
  }
  for (const { file, json } of dashboards) {
    for (const [text, path] of textsIn(json)) {
      const problem = /(^|\.)url$/.test(path) ? linkProblem(text, panels) : undefined;
      if (problem !== undefined)
        findings.push({ code: "unknown-reference", severity: "error", file, path, ...problem });
    }
  }
  return findings;
}

function parsed(text: string): JsonObject | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isJsonObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** Nothing when the address leads to a dashboard of the set and a panel of it, or is no dashboard's. */
function linkProblem(
  url: string,
  panels: ReadonlyMap<string, ReadonlySet<number>>,
): Pick<Finding, "message" | "expected"> | undefined {
  const uid = /^\/d\/([^/?#]+)/.exec(url)?.[1];
  if (uid === undefined || uid.includes("$")) return undefined;
  const ids = panels.get(uid);
  if (ids === undefined)
    return {
      message: `leads to the dashboard ${JSON.stringify(uid)}, which is not there`,
      expected: "the uid of a dashboard of this Grafana",
    };
  const panel = /[?&]viewPanel=(?:panel-)?(\d+)/.exec(url)?.[1];
  return panel === undefined || ids.has(Number(panel))
    ? undefined
    : { message: `leads to panel ${panel} of ${uid}, which is not there`, expected: "the id of a panel" };
}
