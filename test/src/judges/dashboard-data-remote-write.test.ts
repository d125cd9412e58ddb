import { describe, expect, it } from "vitest";
import { remoteWriteRequest } from "./dashboard-data-remote-write.ts";
import { readRemoteWrite } from "./remote-write.ts";

describe("a request of remote write", () => {
  it("is read as it was written: names, labels, the newest sample", () => {
    const request = remoteWriteRequest(
      [
        { name: "up", labels: { job: "α", namespace: "x".repeat(300) }, valueAt: (time) => time / 2 },
        { name: "late", labels: {}, valueAt: (time) => (time < 1_800_000_030 ? undefined : 7) },
        { name: "never", labels: {}, valueAt: () => undefined },
      ],
      [1_800_000_000, 1_800_000_030],
    );
    expect(
      readRemoteWrite(request).map(({ name, labels, value, timestamp }) => [name, [...labels], value, timestamp]),
    ).toEqual([
      [
        "up",
        [
          ["__name__", "up"],
          ["job", "α"],
          ["namespace", "x".repeat(300)],
        ],
        900_000_015,
        1_800_000_030_000,
      ],
      ["late", [["__name__", "late"]], 7, 1_800_000_030_000],
    ]);
  });
});
