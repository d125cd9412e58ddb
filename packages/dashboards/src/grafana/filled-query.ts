/**
 * A query, or another text, as Grafana sends it: `$name`, `${name}`, `${name:format}` and `[[name]]` are filled in. A variable without a value stays as it is.
 *
 * @see https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
 * @example
 * filledQuery('rate(up{job=~"$job"}[$__rate_interval])', new Map([["job", ".+"], ["__rate_interval", "1m"]])); // rate(up{job=~".+"}[1m])
 */
export function filledQuery(query: string, values: ReadonlyMap<string, string>): string {
  return query.replaceAll(
    /\$\{(\w+)(?::\w+)?\}|\$([A-Za-z_]\w*)|\[\[(\w+)(?::\w+)?\]\]/g,
    (written, braced?: string, plain?: string, bracketed?: string) =>
      values.get(braced ?? plain ?? bracketed ?? "") ?? written,
  );
}
