import { stateColours, unjudged } from "../../grafana/state-colours.ts";
import { isJsonObject, type JsonObject, objectAt, objectsAt, quotedValue, textAt } from "../../json/json-value.ts";
import { type DashboardDocument, dataPanels, ofPanel, type PanelDocument } from "../dashboard-document.ts";
import type { LintProblem, LintRule } from "../lint-rule.ts";

/** Rules about what colours mean: a reader learns them once. */
export const colourRules: readonly LintRule[] = [
  {
    name: "panel-colours",
    origin: "plinth",
    code: "invalid-field",
    description:
      "Thresholds, mapped values and annotations have the colours of states, and a text has one colour everywhere.",
    check: (dashboard) => [...foreignColours(dashboard), ...twoColours(dashboard)],
  },
  {
    name: "panel-states",
    origin: "plinth",
    code: "invalid-field",
    description: "A panel of states says what its numbers stand for.",
    check: (dashboard) =>
      dataPanels(dashboard).flatMap((panel) =>
        !drawsStates.has(panel.type) || mappingsOf(panel).length > 0
          ? []
          : [
              {
                ...ofPanel(panel),
                path: `${panel.path}.fieldConfig.defaults.mappings`,
                message: "draws numbers as states and does not say what they stand for",
                expected: "a text and a colour for each value",
              },
            ],
      ),
  },
  {
    name: "panel-thresholds",
    origin: "plinth",
    code: "invalid-field",
    description: "Thresholds ascend, and the first has no value: everything below the others is its.",
    check: (dashboard) =>
      dataPanels(dashboard).flatMap((panel) =>
        thresholdsOf(panel).flatMap(({ path, steps }) => {
          const problem = orderProblem(steps);
          return problem === undefined
            ? []
            : [{ ...ofPanel(panel), path, message: problem, expected: "null, then numbers that ascend" }];
        }),
      ),
  },
];

const drawsStates: ReadonlySet<string> = new Set(["state-timeline", "status-history"]);

const palette: ReadonlySet<string> = new Set([...Object.values(stateColours), unjudged, "transparent"]);

interface Coloured {
  readonly path: string;
  readonly colour: string;
  readonly panel?: string;
  /** What has the colour, where it is a text of a mapping. */
  readonly text?: string;
}

function foreignColours(dashboard: DashboardDocument): readonly LintProblem[] {
  return coloursOf(dashboard).flatMap(({ path, colour, panel }) =>
    palette.has(colour)
      ? []
      : [
          {
            path,
            ...(panel === undefined ? {} : { panel }),
            message: `has the colour ${JSON.stringify(colour)}, which stands for no state`,
            expected: `one of ${[...palette].join(", ")}`,
          },
        ],
  );
}

function twoColours(dashboard: DashboardDocument): readonly LintProblem[] {
  const first = new Map<string, Coloured>();
  return coloursOf(dashboard).flatMap((coloured) => {
    const { text, colour, path, panel } = coloured;
    if (text === undefined) return [];
    const earlier = first.get(text);
    if (earlier === undefined) first.set(text, coloured);
    return earlier === undefined || earlier.colour === colour
      ? []
      : [
          {
            path,
            ...(panel === undefined ? {} : { panel }),
            message: `draws ${JSON.stringify(text)} ${colour}, which is ${earlier.colour} elsewhere`,
            expected: earlier.colour,
          },
        ];
  });
}

function coloursOf(dashboard: DashboardDocument): readonly Coloured[] {
  return [
    ...dataPanels(dashboard).flatMap((panel) => [
      ...thresholdsOf(panel).flatMap(({ path, steps }) =>
        steps.flatMap((step, index) => colourAt(step, "color", `${path}[${index}]`, panel)),
      ),
      ...mappingsOf(panel),
      ...overridesOf(panel).flatMap(({ path, property }) =>
        textAt(property, "id") === "color" && textAt(objectAt(property, "value"), "mode") === "fixed"
          ? colourAt(objectAt(property, "value"), "fixedColor", `${path}.value`, panel)
          : [],
      ),
    ]),
    ...dashboard.annotations.flatMap(({ json, path }) => colourAt(json, "iconColor", path)),
  ];
}

function colourAt(json: JsonObject, key: string, path: string, panel?: PanelDocument): readonly Coloured[] {
  const colour = textAt(json, key);
  return colour === undefined
    ? []
    : [{ path: `${path}.${key}`, colour, ...(panel?.title === undefined ? {} : { panel: panel.title }) }];
}

function defaultsOf({ json }: PanelDocument): JsonObject {
  return objectAt(objectAt(json, "fieldConfig"), "defaults");
}

interface Override {
  readonly path: string;
  readonly property: JsonObject;
}

function overridesOf({ json, path }: PanelDocument): readonly Override[] {
  return objectsAt(objectAt(json, "fieldConfig"), "overrides").flatMap(([override, index]) =>
    objectsAt(override, "properties").map(([property, place]) => ({
      path: `${path}.fieldConfig.overrides[${index}].properties[${place}]`,
      property,
    })),
  );
}

interface Steps {
  readonly path: string;
  readonly steps: readonly JsonObject[];
}

/** The thresholds of a panel, and those of single fields. */
function thresholdsOf(panel: PanelDocument): readonly Steps[] {
  const said = (thresholds: JsonObject, path: string): readonly Steps[] =>
    Array.isArray(thresholds["steps"])
      ? [{ path: `${path}.steps`, steps: thresholds["steps"].map((step: unknown) => (isJsonObject(step) ? step : {})) }]
      : [];
  return [
    ...said(objectAt(defaultsOf(panel), "thresholds"), `${panel.path}.fieldConfig.defaults.thresholds`),
    ...overridesOf(panel).flatMap(({ path, property }) =>
      textAt(property, "id") === "thresholds" ? said(objectAt(property, "value"), `${path}.value`) : [],
    ),
  ];
}

/** What values stand for, with the colour of each. */
function mappingsOf(panel: PanelDocument): readonly Coloured[] {
  return [
    ...objectsAt(defaultsOf(panel), "mappings").flatMap(([mapping, index]) =>
      resultsOf(mapping, `${panel.path}.fieldConfig.defaults.mappings[${index}].options`, panel),
    ),
    ...overridesOf(panel).flatMap(({ path, property }) =>
      textAt(property, "id") === "mappings"
        ? objectsAt(property, "value").flatMap(([mapping, index]) =>
            resultsOf(mapping, `${path}.value[${index}].options`, panel),
          )
        : [],
    ),
  ];
}

/** A mapping of values has a result for each; those of ranges, patterns and special values have one. */
function resultsOf(mapping: JsonObject, path: string, panel: PanelDocument): readonly Coloured[] {
  const options = objectAt(mapping, "options");
  const results =
    textAt(mapping, "type") === "value"
      ? Object.keys(options).map((value) => [objectAt(options, value), `${path}.${value}`] as const)
      : [[objectAt(options, "result"), `${path}.result`] as const];
  return results.flatMap(([result, place]) => {
    const text = textAt(result, "text");
    return colourAt(result, "color", place, panel).map((coloured) => ({
      ...coloured,
      ...(text === undefined ? {} : { text }),
    }));
  });
}

function orderProblem(steps: readonly JsonObject[]): string | undefined {
  const values = steps.map((step) => step["value"]);
  const [first, ...rest] = values;
  // Grafana itself writes minus infinity as null.
  if (steps.length > 0 && first !== null && first !== undefined)
    return `begins its thresholds at ${quotedValue(first)}`;
  const numbers = rest.filter((value) => typeof value === "number");
  if (numbers.length < rest.length) return "has a threshold without a number";
  const falls = numbers.findIndex((value, index) => index > 0 && value <= (numbers[index - 1] ?? 0));
  return falls === -1 ? undefined : `has the threshold ${numbers[falls]} after ${numbers[falls - 1]}`;
}
