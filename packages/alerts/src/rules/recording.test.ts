import { environmentNamed, serviceNamed } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { divide, greaterThan, metric, printPromqlLine, rate, sum } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { rulesOf } from "../alerting.ts";
import { nodeNotReady } from "../cluster/node-not-ready.ts";
import { defineRecording, recordingFindings, shareExpressions } from "./recording.ts";
import { serviceRecordings } from "./service-recordings.ts";

const requests = sum(rate(metric("coredns_dns_requests_total"), "5m"), { by: ["server"] });
const recording = defineRecording({
  record: "server:coredns_dns_requests:rate5m",
  expr: requests,
  labels: { of: "dns" },
});
const asks = (limit: number): typeof nodeNotReady => ({
  ...nodeNotReady,
  expr: greaterThan(divide(requests, 60), limit),
});

describe("an expression that is recorded", () => {
  it("stands as a series in the alerts that share it, with the same labels", () => {
    const shared = shareExpressions([asks(1), asks(2), nodeNotReady], [recording]);
    expect(shared.recordings).toEqual([recording]);
    expect(shared.alerts.map(({ expr }) => printPromqlLine(expr))).toEqual([
      'sum by (server) (server:coredns_dns_requests:rate5m{of="dns"}) / 60 > 1',
      'sum by (server) (server:coredns_dns_requests:rate5m{of="dns"}) / 60 > 2',
      printPromqlLine(nodeNotReady.expr),
    ]);
  });

  it("is not recorded where it stands once", () => {
    const alerts = [asks(1), nodeNotReady];
    expect(shareExpressions(alerts, [recording])).toEqual({ recordings: [], alerts });
  });

  it("comes before the alerts in the rules", () => {
    const group = { name: "x", group: "x", alerts: [asks(1), asks(2)], recordings: [recording] };
    expect(rulesOf(examplePlatform(), group)[0]).toEqual({
      record: "server:coredns_dns_requests:rate5m",
      expr: "sum by (server) (rate(coredns_dns_requests_total[5m]))",
      labels: { of: "dns" },
    });
  });

  it("is named by level, metric and operations, and says which labels it keeps", () => {
    expect(recordingFindings(recording)).toEqual([]);
    expect(recordingFindings({ ...recording, record: "dns_requests" })).toMatchObject([{ code: "invalid-field" }]);
    expect(recordingFindings({ ...recording, expr: rate(metric("coredns_dns_requests_total"), "5m") })).toMatchObject([
      { code: "invalid-expression" },
    ]);
  });

  it("is nothing wrong in those of services", () => {
    const platform = examplePlatform();
    const recordings = serviceRecordings(serviceNamed(platform, "checkout"), environmentNamed(platform, "production"));
    expect(recordings.flatMap(recordingFindings)).toEqual([]);
    expect(recordings.length).toBeGreaterThan(0);
  });
});
