import { environmentNamed, plan, type ServiceInput } from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { otelComponents } from "../topology/components.ts";
import { samplingEstimate } from "./estimate.ts";

const { services } = examplePlatformInput();
const withTraffic = (traffic: Readonly<Record<string, ServiceInput["traffic"]>>): ServiceInput[] =>
  services.map((service) => {
    const own = traffic[service.name];
    return own === undefined ? service : { ...service, traffic: own };
  });

describe("what sampling costs", () => {
  const platform = examplePlatform({
    services: withTraffic({
      checkout: { requestsPerSecond: { development: 1, production: 100 }, spansPerRequest: 5 },
      mailer: { requestsPerSecond: 10, spansPerRequest: 2 },
    }),
  });
  const estimate = samplingEstimate(platform, environmentNamed(platform, "production"));

  it("is counted from the declared traffic: errors and slow traces as far as promises allow them, then the share", () => {
    // 99.9 % without errors, 95 % below 200ms, and 20 % of the rest.
    const kept = 1 - 0.999 * 0.95 * 0.8;
    expect(estimate.services.find(({ service }) => service === "checkout")).toMatchObject({
      spansPerSecondIn: 500,
      slowFrom: "200ms",
      share: 0.2,
      kept: expect.closeTo(kept, 10),
      spansPerSecondOut: expect.closeTo(500 * kept, 8),
      bytesPerDayIn: 500 * 1000 * 86_400,
    });
  });

  it("takes the share of what a trace passes: a lesser service is kept with the one that calls it", () => {
    const called = examplePlatform({
      services: withTraffic({ mailer: { requestsPerSecond: 10 } }).map((service) =>
        service.name === "checkout"
          ? { ...service, calls: ["mailer"] }
          : service.name === "mailer"
            ? { ...service, ports: { http: { port: 8080, protocol: "http" } } }
            : service,
      ),
    });
    const of = (which: typeof called): number | undefined =>
      samplingEstimate(which, environmentNamed(which, "production")).services.find(
        ({ service }) => service === "mailer",
      )?.share;
    expect(of(platform)).toBe(0.1);
    expect(of(called)).toBe(0.2);
  });

  it("says whom it does not know", () => expect(estimate.undeclared).toEqual(["frontend"]));

  it("keeps everything where everything is kept", () => {
    const { total } = samplingEstimate(platform, environmentNamed(platform, "development"));
    expect(total.spansPerSecondOut).toBeCloseTo(total.spansPerSecondIn, 10);
  });

  it("never keeps more than comes in, nor less than the share", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 1000 }), (rate, spans) => {
        const drawn = examplePlatform({
          services: withTraffic({ checkout: { requestsPerSecond: rate, spansPerRequest: spans } }),
        });
        const { total } = samplingEstimate(drawn, environmentNamed(drawn, "production"));
        expect(total.spansPerSecondOut).toBeLessThanOrEqual(total.spansPerSecondIn);
        expect(total.spansPerSecondOut).toBeGreaterThanOrEqual(0.2 * total.spansPerSecondIn - 1e-6);
      }),
      { numRuns: 25 },
    );
  });

  it("stands on a page of the environment", () => {
    const page = plan(platform, otelComponents)
      .files.find(({ path }) => path === "docs/telemetry/production.md")
      ?.text();
    expect(page).toContain("| checkout | critical | 100 | 5 | 200ms | 0.1 % | 5 % | 20 % | 500 | 120 | 24.1 % |");
    expect(page).toContain("44.9 GB a day come in, and 10.6 GB a day are kept");
    expect(page).toContain("they do not declare their traffic: frontend.");
  });
});
