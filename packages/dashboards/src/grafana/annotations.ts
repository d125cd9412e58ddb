import { type AnnotationQuery, AnnotationQueryBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Annotation } from "../model/dashboard.ts";
import { dataSourceReference } from "./data-source.ts";
import { stateColours } from "./state-colours.ts";
import { target } from "./targets.ts";

/** Anything that builds an annotation. */
export interface BuildsAnnotation {
  build(): AnnotationQuery;
}

/**
 * A query whose values are marks on every panel.
 *
 * @see https://github.com/grafana/grafana/blob/main/packages/grafana-prometheus/src/annotations.ts
 */
export function annotationBuilder({ name, query, text, state }: Annotation): BuildsAnnotation {
  return (
    new AnnotationQueryBuilder()
      .name(name)
      .datasource(dataSourceReference(query.source))
      .enable(true)
      .hide(false)
      .iconColor(stateColours[state])
      // Grafana looks for the answer of a query that is called so.
      .target(target({ ...query, name: "Anno", legend: "" }, { over: "range" }))
      .titleFormat(name)
      .textFormat(text)
  );
}
