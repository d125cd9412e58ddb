import { numberAt, quotedValue } from "../../json/json-value.ts";
import type { LintRule } from "../lint-rule.ts";

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
        : [{ path: "schemaVersion", message: `is ${quotedValue(json["schemaVersion"])}`, expected: "at most 42" }]),
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
];

// k8s.io/kubernetes: an object that etcd takes. The rest of the object has what remains of 1 MiB.
const MAX_BYTES = 1_000_000;
