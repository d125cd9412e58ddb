import { describe, expect, it } from "vitest";
import { consequence } from "../../reports/report.fixture.ts";
import { reviewersOf } from "./reviewers-of.ts";

describe("who should look", () => {
  it("are those whom the rule names, in its order", () =>
    expect(reviewersOf([consequence({ rule: "permission-gained-escalating", concerns: ["data"] })])).toEqual([
      "security",
      "platform",
      "backend",
      "data",
    ]));

  it("is the platform for what no team owns", () =>
    expect(reviewersOf([{ ...consequence(), team: undefined }].map(({ team: _, ...rest }) => rest))).toEqual([
      "platform",
    ]));

  it("are all owners of what is told together, each once", () =>
    expect(
      reviewersOf([consequence({ team: "data" }), consequence({ team: "backend" }), consequence({ team: "data" })]),
    ).toEqual(["backend", "data"]));

  it("is nobody for nothing", () => expect(reviewersOf([])).toEqual([]));
});
