import { describe, expect, it } from "vitest";
import { targetLabels } from "../catalogue/scrape.ts";
import { serviceGraphMetrics } from "./service-graph.ts";

describe("the service-graph profile", () => {
  const { requests, failedRequests, clientDuration, serverDuration, labels, attributes } = serviceGraphMetrics;

  it("gives each metric the connector's labels and the platform's, and no others", () => {
    for (const { labels: own } of [requests, failedRequests, clientDuration, serverDuration])
      expect(own.filter((label) => !targetLabels.some((target) => target === label)).sort()).toEqual(
        Object.values(labels).sort(),
      );
  });

  it("names the platform's labels as Prometheus makes them of the attributes", () => {
    expect(labels.collector).toBe(attributes.collector.replaceAll(".", "_"));
    expect(labels.environment).toBe(attributes.environment.replaceAll(".", "_"));
  });
});
