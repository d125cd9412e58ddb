import { type MetricCatalogue, metricCatalogue } from "../catalogue/catalogue.ts";
import { type PromqlContext, spanValues } from "./context.ts";

/*
 * Expressions of a thousand services differ in the texts of their matchers only. One is checked; the others are known by their shape: the text without those
 * texts that no check looks at.
 */

// A matcher's text, or a text elsewhere. Where escapes, comments or other quotes are about, the shape is the text itself.
const texts = /([A-Za-z_][A-Za-z0-9_]*!?=)"[^"\n\ufffd]+"|"[^"]*"/g;
const outsideShapes = /[\\`'#]/;
const MOST_SHAPES = 20_000;

const shapesByCatalogue = new WeakMap<MetricCatalogue, Map<string, Set<string>>>();
const valuedLabels = new WeakMap<MetricCatalogue, ReadonlySet<string>>();

function shapesFor(context: PromqlContext): Set<string> {
  const { catalogue = metricCatalogue, commonLabels, requiredLabels, variables, scrapeInterval, hints } = context;
  const byContext = shapesByCatalogue.get(catalogue) ?? new Map<string, Set<string>>();
  shapesByCatalogue.set(catalogue, byContext);
  const key = JSON.stringify({ variables, scrapeInterval, hints, commonLabels, requiredLabels });
  const shapes = byContext.get(key) ?? new Set<string>();
  byContext.set(key, shapes);
  return shapes;
}

/** The labels whose values a check looks at. */
function labelsWithValues({ catalogue = metricCatalogue }: PromqlContext): ReadonlySet<string> {
  const known = valuedLabels.get(catalogue);
  if (known !== undefined) return known;
  const labels = new Set(["__name__", ...Object.keys(spanValues)]);
  for (const { values = {} } of catalogue.values()) {
    for (const label of Object.keys(values)) labels.add(label);
  }
  valuedLabels.set(catalogue, labels);
  return labels;
}

function shapeOf(text: string, context: PromqlContext): string {
  if (outsideShapes.test(text)) return text;
  const labels = labelsWithValues(context);
  return text.replace(texts, (found, matcher: string | undefined) => {
    if (matcher === undefined) return found;
    const label = matcher.slice(0, matcher.endsWith("!=") ? -2 : -1);
    return labels.has(label) ? found : `${matcher}\u0000`;
  });
}

/** Whether an expression of the same shape was found to be right. */
export function isKnownToBeRight(text: string, context: PromqlContext): boolean {
  return shapesFor(context).has(shapeOf(text, context));
}

/** Notes that an expression is right. */
export function rememberRight(text: string, context: PromqlContext): void {
  const shapes = shapesFor(context);
  if (shapes.size >= MOST_SHAPES) shapes.clear();
  shapes.add(shapeOf(text, context));
}
