import { describe, expect, it } from "vitest";
import { printJson } from "./print-json.ts";

const prometheus = { type: "prometheus", uid: "${prometheus_datasource}" };
const loki = { type: "loki", uid: "${loki_datasource}" };

function read(dashboard: object): unknown {
  return JSON.parse(printJson(dashboard));
}

describe("a printed dashboard", () => {
  it("leaves out functions and what Grafana takes anyway", () =>
    expect(
      read({
        _implementsDataqueryVariant: () => {},
        placement: "inControlsMenu",
        auto: false,
        fieldConfig: { defaults: { unit: "s" }, overrides: [] },
      }),
    ).toEqual({ fieldConfig: { defaults: { unit: "s" } } }));

  it("keeps what was said under the same name", () =>
    expect(read({ legend: { placement: "bottom" }, auto: true, keepTime: true, overrides: [1] })).toEqual({
      legend: { placement: "bottom" },
      auto: true,
      keepTime: true,
      overrides: [1],
    }));

  it("says of a panel's link what Grafana reads of it, and of its own links everything", () => {
    const link = { title: "Runbook", type: "link", icon: "external link", tooltip: "d", url: "https://a", tags: [] };
    const { tags: _tags, ...said } = link;
    expect(read({ links: [link], panels: [{ links: [link, { ...link, targetBlank: true }] }] })).toEqual({
      links: [said],
      panels: [
        {
          links: [
            { title: "Runbook", url: "https://a" },
            { title: "Runbook", url: "https://a", targetBlank: true },
          ],
        },
      ],
    });
  });

  it("names the data source of a question where it is another than the panel's", () =>
    expect(
      read({
        panels: [
          { datasource: prometheus, targets: [{ refId: "A", datasource: prometheus }] },
          { datasource: { type: "datasource", uid: "-- Mixed --" }, targets: [{ refId: "A", datasource: loki }] },
          { targets: [{ refId: "A", datasource: loki }, { refId: "B" }] },
        ],
      }),
    ).toEqual({
      panels: [
        { datasource: prometheus, targets: [{ refId: "A" }] },
        { datasource: { type: "datasource", uid: "-- Mixed --" }, targets: [{ refId: "A", datasource: loki }] },
        { targets: [{ refId: "A", datasource: loki }, { refId: "B" }] },
      ],
    }));
});
