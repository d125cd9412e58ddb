import { type MatcherValue, matching, quoteRegex } from "./matcher.ts";

export interface RouteMatcherOptions {
  /** Whether the method may stand before the route, as in the name of a span: `GET /points` as well as `/points`. @default false */
  readonly method?: boolean;
}

/**
 * The label is a route: `*` stands for a part of a segment, `**` for any rest, `{id}` for itself.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#name
 * @example
 * select(spanMetrics.calls, { service_name: "loyalty", span_name: routeMatcher("/points/**", { method: true }) });
 */
export function routeMatcher(route: string, { method = false }: RouteMatcherOptions = {}): MatcherValue {
  const pattern = route
    .split(/(\/\*\*|\*\*|\*)/)
    .map((part) => {
      if (part === "/**") return "(/.*)?";
      if (part === "**") return ".*";
      return part === "*" ? "[^/]*" : quoteRegex(part);
    })
    .join("");
  return matching(`${method ? "([A-Z]+ )?" : ""}${pattern}`);
}
