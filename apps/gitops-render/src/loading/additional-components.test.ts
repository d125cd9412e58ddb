import { customDashboards } from "@plinth/dashboards";
import { describe, expect, it } from "vitest";
import { componentsTwice } from "../rendering/components-twice.ts";
import { additionalComponents } from "./additional-components.ts";

const source = { file: "platform/index.ts" };
const business = customDashboards({ name: "business", title: "Business", dashboards: () => [] });

describe("components that a platform adds", () => {
  it("are none where the module exports none", () => {
    expect(additionalComponents(undefined, source)).toEqual({ components: [] });
    expect(additionalComponents([business], source)).toEqual({ components: [business] });
  });

  it.each<[string, unknown, string]>([
    ["no list", business, "additionalComponents"],
    ["no component in it", [business, { name: "x" }], "additionalComponents[1]"],
    ["a name that is none", [{ ...business, name: "My Dashboards" }], "additionalComponents[0]"],
    ["a layer that is none", [{ ...business, layer: "dashboards" }], "additionalComponents[0]"],
  ])("are refused with their place: %s", (_, exported, path) => {
    expect(additionalComponents(exported, source)).toMatchObject({ findings: [{ severity: "error", source, path }] });
  });

  it("may not be named as another one is", () => {
    expect(
      componentsTwice([business, business, { ...business, name: "other" }], { file: "a.ts", line: 3 }),
    ).toMatchObject([
      { code: "duplicate-name", message: 'two components are named "business-dashboards"', source: { file: "a.ts" } },
    ]);
  });
});
