import { componentsWithRole, type Finding, type Platform } from "@plinth/core";
import { allocatedScrapers, allocatorName, scraperSoftware } from "./allocated-scraper.ts";
import { componentTarget, targetsIn } from "./scrape-target.ts";

/** Metrics that the model declares and nobody scrapes. */
export function scrapingFindings(platform: Platform): readonly Finding[] {
  return [
    ...scraperFindings(platform),
    ...platform.components
      .filter((component) => component.metrics.length > 0 && componentTarget(component) === undefined)
      .map(
        ({ name, source }): Finding => ({
          code: "without-effect",
          severity: "warning",
          ...(source === undefined ? {} : { source }),
          path: `components[${name}].metrics`,
          message: "a monitor finds pods by their labels and ports, and these have none, or are in the node's network",
          expected: "no metrics: the component's chart brings a monitor for them",
        }),
      ),
    ...allocatedScrapers(platform).flatMap((scraper) => allocatorFindings(platform, scraper)),
  ];
}

function scraperFindings(platform: Platform): Finding[] {
  if (componentsWithRole(platform, "metrics-scraper").length > 0) return [];
  const declared = platform.environments.some((environment) => targetsIn(platform, environment).length > 0);
  return declared
    ? [
        {
          code: "without-effect",
          severity: "warning",
          path: "components",
          message:
            "services declare metrics, and no component has the role metrics-scraper: the network lets nobody at them",
          expected: "a component with the role metrics-scraper",
          example: '{ name: "prometheus", namespace: "monitoring", ports: { web: 9090 }, roles: ["metrics-scraper"] }',
        },
      ]
    : [];
}

/** A scraper without its role reaches no service, and one whose allocator the model does not know reaches no targets. */
function allocatorFindings(platform: Platform, scraper: Platform["components"][number]): Finding[] {
  const where = scraper.source === undefined ? {} : { source: scraper.source };
  const allocator = allocatorName(scraper);
  return [
    ...(scraper.roles.includes("metrics-scraper")
      ? []
      : [
          {
            code: "conflicting-fields" as const,
            severity: "error" as const,
            ...where,
            path: `components[${scraper.name}].roles`,
            message: `${scraperSoftware} scrapes, and the network lets nobody at metrics but those with the role metrics-scraper`,
            expected: "the role metrics-scraper",
            example: 'roles: ["metrics-scraper"]',
          },
        ]),
    ...(platform.components.some(({ name, namespace }) => name === allocator && namespace === scraper.namespace)
      ? []
      : [
          {
            code: "unknown-reference" as const,
            severity: "error" as const,
            ...where,
            path: `components[${scraper.name}]`,
            message: `there is no component ${JSON.stringify(allocator)}, which shares the targets out: the network lets nobody at it`,
            expected: "the allocator as a component beside the scraper",
            example: `{ name: ${JSON.stringify(allocator)}, namespace: ${JSON.stringify(scraper.namespace)}, ports: { http: 8080 }, software: "otel-target-allocator" }`,
          },
        ]),
  ];
}
