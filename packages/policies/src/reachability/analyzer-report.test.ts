import { describe, expect, test } from "vitest";
import { readAnalyzerReport } from "./analyzer-report.ts";
import { describeConnection } from "./connection.ts";

const read = (rows: unknown): readonly string[] | undefined =>
  readAnalyzerReport(JSON.stringify(rows))?.map(describeConnection);

describe("a report of netpol-analyzer", () => {
  test("is a list of connections in their canonical form", () => {
    expect(
      read([
        { src: "team-b/api[Deployment]", dst: "0.0.0.0-255.255.255.255", conn: "TCP 53,4317-4318,UDP 53" },
        { src: "team-a/web[StatefulSet]", dst: "team-b/api[Deployment]", conn: "TCP 8080" },
        { src: "10.0.0.0-10.0.0.255", dst: "team-a/web[StatefulSet]", conn: "All Connections" },
      ]),
    ).toEqual([
      "team-a/web → team-b/api TCP 8080",
      "team-b/api → 0.0.0.0-255.255.255.255 TCP 53",
      "team-b/api → 0.0.0.0-255.255.255.255 TCP 4317-4318",
      "team-b/api → 0.0.0.0-255.255.255.255 UDP 53",
      "10.0.0.0-10.0.0.255 → team-a/web SCTP 1-65535",
      "10.0.0.0-10.0.0.255 → team-a/web TCP 1-65535",
      "10.0.0.0-10.0.0.255 → team-a/web UDP 1-65535",
    ]);
    expect(read([])).toEqual([]);
  });

  test.each([
    [{}],
    [[{ src: "team-a/web[Deployment]", dst: "team-b/api[Deployment]" }]],
    [[{ src: "{ingress-controller}", dst: "team-b/api[Deployment]", conn: "TCP 80" }]],
    [[{ src: "team-a/web[Deployment]", dst: "team-b/api[Deployment]", conn: "80" }]],
    [[{ src: "team-a/web[Deployment]", dst: "team-b/api[Deployment]", conn: "No Connections" }]],
    [[null]],
  ])("is no other text: %j", (rows) => {
    expect(read(rows)).toBeUndefined();
  });

  test("is no text that is not JSON", () => {
    expect(readAnalyzerReport("")).toBeUndefined();
  });
});
