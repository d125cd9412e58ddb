import { describe, expect, it } from "vitest";
import { lintDashboards } from "./lint-dashboards.ts";

const file = (uid: string, json: object = {}) => ({ file: `${uid}.json`, text: JSON.stringify({ uid, ...json }) });

describe("the dashboards of one Grafana", () => {
  it("may link to each other and to panels that are there", () => {
    const links = [
      { url: "/d/b?from=now-1h" },
      { url: "/d/b?viewPanel=panel-7" },
      { url: "/d/b/slug" },
      { url: "/d/${uid}" },
      { url: "/d/b?var-team=${team}" },
      { type: "dashboards", tags: ["shop"] },
      { url: "/explore" },
    ];
    expect(
      lintDashboards([
        file("a", { links }),
        file("b", {
          tags: ["shop", "b"],
          templating: { list: [{ name: "team" }] },
          panels: [{ id: 7, links: [{ url: "/d/a" }] }],
        }),
      ]),
    ).toEqual([]);
  });

  it("have a uid of their own", () =>
    expect(lintDashboards([file("a"), { ...file("a"), file: "other.json" }])).toEqual([
      expect.objectContaining({ code: "duplicate-name", file: "other.json", message: 'has the uid "a" of a.json' }),
    ]));

  it("lead nowhere that is not there", () =>
    expect(
      lintDashboards([
        file("a", { links: [{ url: "/d/gone" }], panels: [{ id: 1, links: [{ url: "/d/a?viewPanel=2" }] }] }),
      ]),
    ).toEqual([
      expect.objectContaining({
        code: "unknown-reference",
        path: "links[0].url",
        message: 'leads to the dashboard "gone", which is not there',
      }),
      expect.objectContaining({ path: "panels[0].links[0].url", message: "leads to panel 2 of a, which is not there" }),
    ]));

  it("set variables that the other has, and lead from values to dashboards that there may be", () =>
    expect(
      lintDashboards([
        file("a", {
          templating: { list: [{ name: "team" }] },
          links: [
            { url: "/d/a?var-tema=x" },
            { url: "/d/service-${__value.text}" },
            { type: "dashboards", tags: ["team:x"] },
          ],
        }),
      ]).map(({ message, expected }) => [message, expected]),
    ).toEqual([
      ["sets the variable tema of a, which has none of that name", "one of team"],
      [
        'leads to dashboards "service-${__value.text}", of which there is none',
        "the beginning of the uid of a dashboard of this Grafana",
      ],
      ['lists dashboards with the tags "team:x", of which there is none', "tags that a dashboard of this Grafana has"],
    ]));
});
