import { numberAt, objectsAt, textAt, textsIn } from "../../json/json-value.ts";
import type { DashboardDocument } from "../dashboard-document.ts";
import { isGlobalVariable, variablesIn } from "../grafana-variables.ts";
import type { LintProblem, LintRule } from "../lint-rule.ts";

/** Rules about the dashboard as a whole. */
export const dashboardRules: readonly LintRule[] = [
  {
    name: "uneditable-dashboard",
    origin: "dashboard-linter",
    code: "invalid-field",
    description: "What is code is not edited in the browser.",
    check: ({ json }) =>
      // Grafana takes a dashboard that says nothing for editable.
      json["editable"] === false ? [] : [{ path: "editable", message: "can be edited in Grafana", expected: "false" }],
  },
  {
    name: "dashboard-uid",
    origin: "plinth",
    code: "invalid-field",
    description: "A uid that Grafana takes, so that links to it stay.",
    // Grafana's util.IsValidShortUID, and the pattern of grafana-operator's CRD.
    check: ({ uid }) =>
      uid !== undefined && /^[a-zA-Z0-9_-]{1,40}$/.test(uid)
        ? []
        : [
            {
              path: "uid",
              message: `is ${JSON.stringify(uid) ?? "missing"}`,
              expected: "at most 40 letters, digits, '-' and '_'",
              example: '"service-checkout"',
            },
          ],
  },
  {
    name: "dashboard-title-description",
    origin: "plinth",
    code: "invalid-field",
    description: "A dashboard has a title and a description.",
    check: ({ title = "", description = "" }) => [
      ...(title.trim() === "" ? [{ path: "title", message: "is empty", expected: "what the dashboard is about" }] : []),
      ...(description.trim() === ""
        ? [{ path: "description", message: "is empty", expected: "who looks at it, and when" }]
        : []),
    ],
  },
  {
    name: "dashboard-schema",
    origin: "plinth",
    code: "invalid-field",
    description:
      "Classic JSON, of schema version 42 or an older one: Grafana 13 takes no schema v2 from a file or a GrafanaDashboard.",
    check: ({ json }) => [
      ...(json["elements"] !== undefined || json["spec"] !== undefined
        ? [{ path: "", message: "is a dashboard of schema v2", expected: "classic JSON with panels" }]
        : []),
      ...((numberAt(json, "schemaVersion") ?? 43) <= 42
        ? []
        : [{ path: "schemaVersion", message: `is ${String(json["schemaVersion"])}`, expected: "at most 42" }]),
    ],
  },
  {
    name: "dashboard-size",
    origin: "plinth",
    code: "invalid-field",
    description: "The JSON fits into one Kubernetes object: below 1 MiB, with room for the rest of it.",
    check: ({ bytes }) =>
      bytes <= MAX_BYTES
        ? []
        : [
            {
              path: "",
              message: `has ${bytes} bytes`,
              expected: `at most ${MAX_BYTES} bytes: make two dashboards of it`,
            },
          ],
  },
  {
    name: "variable-defined",
    origin: "plinth",
    code: "unknown-reference",
    description: "Every variable that is used is defined, once.",
    check: (dashboard) => {
      const defined = new Set<string>();
      const twice = dashboard.templates.flatMap(({ name, path }) => {
        if (defined.has(name))
          return [
            {
              path: `${path}.name`,
              message: `defines the variable ${name} again`,
              expected: "a name for each variable",
            },
          ];
        defined.add(name);
        return [];
      });
      const unknown = uses(dashboard).flatMap(([name, path]) =>
        defined.has(name) || isGlobalVariable(name)
          ? []
          : [
              {
                path,
                message: `uses the variable ${name}, which is not defined`,
                expected: `one of ${[...defined].join(", ")}`,
              },
            ],
      );
      return [...twice, ...unknown];
    },
  },
  {
    name: "variable-used",
    origin: "plinth",
    code: "unknown-reference",
    description: "Every variable that is defined is used.",
    check: (dashboard) => {
      const used = new Set(uses(dashboard).map(([name]) => name));
      return dashboard.templates.flatMap(({ name, path }) =>
        used.has(name)
          ? []
          : [
              {
                path: `${path}.name`,
                message: `defines the variable ${name}, which nothing uses`,
                expected: "a query or a link that uses it, or no such variable",
              },
            ],
      );
    },
  },
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
];

// k8s.io/kubernetes: an object that etcd takes. The rest of the object has what remains of 1 MiB.
const MAX_BYTES = 1_000_000;

// Texts in which Grafana fills in nothing: what the dashboard itself is called, and what a variable says of itself.
const plainTexts =
  /^(title|description|uid|tags\[\d+\]|templating\.list\[\d+\]\.(name|label|description|allValue|current|options)\b.*)$/;

/** Every use of a variable, with its place. */
function uses({ json }: DashboardDocument): readonly (readonly [name: string, path: string])[] {
  return [...textsIn(json)].flatMap(([text, path]) =>
    plainTexts.test(path) ? [] : variablesIn(text).map((name) => [name, path] as const),
  );
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
