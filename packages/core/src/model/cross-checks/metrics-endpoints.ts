import type { SourceLocation } from "../../finding.ts";
import { isShorter, type Scrape } from "../metrics-endpoint.ts";
import { at, type CrossCheck, type CrossCheckContext, entryPath } from "./cross-check.ts";

/** A page of metrics is at a port that there is, is described once, and is not asked for while the last answer is still waited for. */
export const metricsEndpointsResolve: CrossCheck = (context) => {
  const { services, components, dataStores } = context.platform;
  for (const service of services)
    endpoints(context, service, entryPath("services", service.name), service.metrics, Object.keys(service.ports));
  for (const component of components)
    endpoints(
      context,
      component,
      entryPath("components", component.name),
      component.metrics,
      Object.keys(component.ports),
    );
  for (const store of dataStores) endpoints(context, store, entryPath("dataStores", store.name), store.metrics);
};

interface Endpoint extends Scrape {
  readonly port: string | number;
}

function endpoints(
  context: CrossCheckContext,
  entry: { readonly source?: SourceLocation },
  path: string,
  metrics: readonly Endpoint[],
  ports?: readonly string[],
): void {
  const pages = new Set<string>();
  metrics.forEach((endpoint, index) => {
    const { port, path: page, interval, timeout } = endpoint;
    const where = { ...at(entry), path: `${path}.metrics[${index}]` };
    if (ports?.some((name) => name === port) === false)
      context.report({
        ...where,
        code: "unknown-reference",
        path: `${where.path}.port`,
        message: `there is no port ${JSON.stringify(port)}`,
        expected: ports.length === 0 ? "a port; none is defined yet" : `one of ${ports.join(", ")}`,
        ...(ports[0] === undefined ? {} : { example: `port: ${JSON.stringify(ports[0])}` }),
      });
    if (pages.has(`${port} ${page}`))
      context.report({
        ...where,
        code: "duplicate-name",
        message: `${page} at the port ${port} is there twice: each of its samples would be stored twice`,
        expected: "one entry for each page",
      });
    pages.add(`${port} ${page}`);
    if (isShorter(interval, timeout))
      context.report({
        ...where,
        code: "conflicting-fields",
        path: `${where.path}.timeout`,
        message: `a scrape is given up after ${timeout}, and the next one begins after ${interval}`,
        expected: `at most ${interval}`,
        example: `timeout: ${JSON.stringify(interval)}`,
      });
  });
}
