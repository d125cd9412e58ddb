import { environmentNamed, type Service, serviceNamed, type Tier, tiers } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { printPromqlLine } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert/alert.ts";
import { alertFindings } from "../alert/alert-findings.ts";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { errorRateLimits, highErrorRate } from "./high-error-rate.ts";

const platform = examplePlatform();
const production = environmentNamed(platform, "production");
const checkout = serviceNamed(platform, "checkout");

function alertOf(service: Service): Alert {
  const alert = highErrorRate.alertOf(service, production);
  if (alert === undefined) throw new RangeError(`${service.name} has no error rate`);
  return alert;
}

describe("HighErrorRate", () => {
  it.each(tiers.map((tier): readonly [Tier] => [tier]))("of a service of tier %s has no finding", (tier) => {
    expect(alertFindings(alertOf({ ...checkout, tier }))).toEqual([]);
  });

  it("counts the requests that enter the service in its environment", () => {
    expect(printPromqlLine(alertOf(checkout).expr)).toContain(
      'traces_span_metrics_calls_total{deployment_environment_name="production",service_name="checkout",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_ERROR"}[5m]',
    );
  });

  it("counts the messages of a service that only reads from a queue", () => {
    expect(printPromqlLine(alertOf(serviceNamed(platform, "mailer")).expr)).toContain('span_kind="SPAN_KIND_CONSUMER"');
  });

  it("is none of a service that nobody waits for", () => {
    expect(highErrorRate.alertOf({ ...checkout, ports: {}, consumes: [] }, production)).toBeUndefined();
  });

  it("allows more, waits longer and matters less the less depends on the service", () => {
    const limits = tiers.map((tier) => errorRateLimits[tier]);
    expect(limits.map(({ share }) => share)).toEqual([...limits.map(({ share }) => share)].sort((a, b) => a - b));
    expect(limits.map(({ severity }) => severity)).toEqual(["critical", "warning", "info", "info"]);
  });

  it("wakes the team of a critical service, in whichever namespace it runs", () => {
    expect(receiversOfAlert(platform, production, alertOf(checkout), {})).toEqual(["backend-pagerduty"]);
    expect(
      receiversOfAlert(
        platform,
        environmentNamed(platform, "production"),
        alertOf(serviceNamed(platform, "mailer")),
        {},
      ),
    ).toEqual(["backend-email"]);
  });

  it("leads to the service's own dashboard", () => {
    expect(alertOf(checkout).dashboard).toBe("service-checkout");
  });
});
