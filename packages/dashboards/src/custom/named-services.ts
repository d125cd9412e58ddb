import type { Dashboard } from "../model/dashboard.ts";
import { queryText } from "../model/query.ts";

/** A service that a panel's query names. */
export interface NamedService {
  readonly name: string;
  /** Title of the panel. */
  readonly panel: string;
}

// `service_name="a"` and `service_name=~"a|b"` of PromQL and LogQL, `resource.service.name = "a"` of TraceQL.
const condition = /\b(?:service_name|resource\.service\.name)\s*(=~?)\s*"([^"]*)"/g;
const isName = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** The services that a dashboard's queries name, each once for a panel. Patterns and variables name none. */
export function namedServices({ rows }: Pick<Dashboard, "rows">): readonly NamedService[] {
  return rows.flatMap(({ panels }) =>
    panels.flatMap(({ title, queries }) => {
      const names = queries.flatMap((query) =>
        [...queryText(query).matchAll(condition)].flatMap(([, operator, value = ""]) =>
          operator === "=~" ? value.split("|") : [value],
        ),
      );
      return [...new Set(names)].filter((name) => isName.test(name)).map((name) => ({ name, panel: title }));
    }),
  );
}
