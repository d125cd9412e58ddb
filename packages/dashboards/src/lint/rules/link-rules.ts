import type { Finding } from "@plinth/core";
import { objectsAt, textAt, textsIn } from "../../json/json-value.ts";
import { exploreQueries } from "../explore-address.ts";
import type { LintContext, LintProblem, LintRule } from "../lint-rule.ts";

/** Rules about where links lead. Whether a dashboard or panel is there is `lintDashboards`' to say, which knows the others. */
export const linkRules: readonly LintRule[] = [
  {
    name: "link-address",
    origin: "plinth",
    code: "invalid-field",
    description: "A link leads to a page over HTTPS, to a path of this Grafana, or to dashboards by their tags.",
    check: ({ json, panels }) => [
      ...linkProblems(json, ""),
      ...panels.flatMap((panel) => linkProblems(panel.json, `${panel.path}.`)),
    ],
  },
  {
    name: "link-query",
    origin: "plinth",
    code: "invalid-expression",
    description: "A link into Explore asks what its data source understands.",
    check: (dashboard, context) =>
      textsIn(dashboard.json).flatMap(([url, path]) =>
        /(^|\.)url$/.test(path) ? exploreProblems(url, context).map((problem) => ({ path, ...problem })) : [],
      ),
  },
];

function exploreProblems(url: string, context: LintContext): readonly Omit<LintProblem, "path">[] {
  const queries = exploreQueries(url);
  if (queries === undefined) return [];
  if (queries === "unreadable")
    return [
      {
        message: "leads to Explore with panes that are no JSON",
        expected: "panes as JSON, encoded for an address, with variables as ${name}",
        example: "/explore?schemaVersion=1&panes=%7B%22a%22%3A%7B%7D%7D",
      },
    ];
  return queries.flatMap(({ type, query }) =>
    findingsOf(type, query, context).map(({ message, expected, example }) => ({
      message: `leads to Explore with a query for ${type} that ${message}`,
      ...(expected === undefined ? {} : { expected }),
      ...(example === undefined ? {} : { example }),
    })),
  );
}

function findingsOf(type: string, query: string, context: LintContext): readonly Finding[] {
  switch (type) {
    case "prometheus":
      return context.promqlFindings(query);
    case "loki":
      return context.logqlFindings(query);
    case "tempo":
      return context.traceqlFindings(query);
    default:
      return [];
  }
}

function linkProblems(json: Readonly<Record<string, unknown>>, prefix: string): readonly LintProblem[] {
  return objectsAt(json, "links").flatMap(([link, index]) => {
    const path = `${prefix}links[${index}]`;
    if (textAt(link, "type") === "dashboards")
      return objectsLength(link["tags"]) > 0
        ? []
        : [{ path: `${path}.tags`, message: "lists every dashboard", expected: "at least one tag" }];
    const url = textAt(link, "url") ?? "";
    return /^(https:\/\/|\/(?!\/)|\$\{\w+\})/.test(url)
      ? []
      : [
          {
            path: `${path}.url`,
            message: `leads to ${JSON.stringify(url)}`,
            expected: "an address with https, or a path of Grafana",
            example: '"/d/service-checkout"',
          },
        ];
  });
}

function objectsLength(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
