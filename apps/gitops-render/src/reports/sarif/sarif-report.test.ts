import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import { consequence, networkPolicy, policyPath, reportOf } from "../report.fixture.ts";
import { sarifLog } from "./sarif-report.ts";

const logOf = (...subjects: readonly string[]): Log =>
  sarifLog(
    reportOf(
      { [policyPath("production", "cart")]: networkPolicy("cart", 1) },
      { [policyPath("production", "cart")]: networkPolicy("cart", 2) },
      subjects.map((subject) =>
        consequence({
          subject,
          objects: ["networking.k8s.io/NetworkPolicy/team-backend/cart-ingress"],
          files: Array.from({ length: 150 }, (_, place) => `application/file ${place}.yaml`),
        }),
      ),
    ),
  );
const fingerprints = (log: Log): unknown => log.runs[0]?.results?.map((result) => result.partialFingerprints);

describe("SARIF", () => {
  it("knows a result again in the next run, and tells different ones apart", () => {
    expect(fingerprints(logOf("a", "b"))).toEqual(fingerprints(logOf("b", "a")));
    expect(new Set(Object.values(Object(fingerprints(logOf("a", "b")))).map((each) => JSON.stringify(each))).size).toBe(
      2,
    );
  });

  it("names as many files as GitHub shows, and how many there are", () => {
    const [result] = logOf("a").runs[0]?.results ?? [];
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe("platform/services/backend.ts");
    expect(result?.relatedLocations).toHaveLength(99);
    expect(result?.relatedLocations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(
      "rendered/application/file%200.yaml",
    );
    expect(result?.properties?.["files"]).toBe(150);
  });

  it("says of rules about security how grave they are", () =>
    expect(logOf("a").runs[0]?.tool.driver.rules?.[0]?.properties).toEqual({
      tags: ["security", "network"],
      "security-severity": "5.0",
    }));
});
