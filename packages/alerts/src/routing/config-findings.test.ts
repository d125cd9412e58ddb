import { describe, expect, it } from "vitest";
import type { AlertmanagerConfig, AlertmanagerRoute, NamedTimeInterval } from "./alertmanager-config.ts";
import { alertmanagerFindings } from "./config-findings.ts";

const right: AlertmanagerConfig = {
  route: { receiver: "a", routes: [{ matchers: ['team="x"'], receiver: "b" }] },
  inhibit_rules: [
    { source_matchers: ['severity="critical"'], target_matchers: ['severity="info"'], equal: ["alertname"] },
  ],
  receivers: [{ name: "a" }, { name: "b" }],
};
const paths = (config: AlertmanagerConfig): readonly (string | undefined)[] =>
  alertmanagerFindings(config).map(({ path }) => path);

describe("a routing configuration", () => {
  it("that is right has no finding", () => {
    expect(alertmanagerFindings(right)).toEqual([]);
  });

  it("names receivers that exist", () => {
    expect(alertmanagerFindings({ ...right, route: { ...right.route, receiver: "c" } })).toMatchObject([
      {
        code: "unknown-reference",
        path: "route.receiver",
        message: 'there is no receiver "c"',
        expected: "one of a, b",
      },
      { code: "unknown-reference", path: "receivers[0].name", message: 'no route leads to "a"' },
    ]);
  });

  it("has a root that takes every alert", () => {
    expect(paths({ ...right, route: { ...right.route, matchers: ['team="x"'] } })).toEqual(["route.matchers"]);
    expect(paths({ route: {}, receivers: [] })).toEqual(["route.receiver"]);
  });

  it("has receivers with names of their own, and a route for each", () => {
    expect(paths({ ...right, receivers: [...right.receivers, { name: "b" }, { name: "c" }] })).toEqual([
      "receivers[2].name",
      "receivers[3].name",
    ]);
  });

  it("has matchers that parse, everywhere", () => {
    expect(
      paths({
        ...right,
        route: { receiver: "a", routes: [{ routes: [{ receiver: "b", matchers: ["a", 'b="c"'] }] }] },
      }),
    ).toEqual(["route.routes[0].routes[0].matchers[0]"]);
    expect(
      paths({ ...right, inhibit_rules: [{ source_matchers: ["a"], target_matchers: ['b=~"("'], equal: ["c"] }] }),
    ).toEqual(["inhibit_rules[0].source_matchers[0]", "inhibit_rules[0].target_matchers[0]"]);
  });

  it("says of an inhibition what both sides have in common", () => {
    expect(paths({ ...right, inhibit_rules: [{ source_matchers: ['a="b"'], target_matchers: ['a="c"'] }] })).toEqual([
      "inhibit_rules[0].equal",
    ]);
  });

  it("has no route that another one takes everything from", () => {
    const shadowed = (...routes: readonly AlertmanagerRoute[]): readonly (string | undefined)[] =>
      paths({ ...right, route: { receiver: "a", routes: [...routes, { matchers: ['x="y"'], receiver: "b" }] } });
    const wide = { matchers: ['team=~"a|b"'], receiver: "a" };
    const narrow = { matchers: ['team="a"', 'severity="info"'], receiver: "b" };
    expect(shadowed(wide, narrow)).toEqual(["route.routes[1]"]);
    expect(shadowed(narrow, wide)).toEqual([]);
    expect(shadowed({ ...wide, continue: true }, narrow)).toEqual([]);
    expect(shadowed({ receiver: "a" })).toEqual(["route.routes[1]"]);
  });

  it("names times that exist, are not empty, and are named", () => {
    const timed = (
      route: AlertmanagerRoute,
      intervals: readonly NamedTimeInterval[],
    ): readonly (string | undefined)[] =>
      paths({ ...right, route: { receiver: "a", routes: [{ receiver: "b", ...route }] }, time_intervals: intervals });
    const night: NamedTimeInterval = {
      name: "night",
      time_intervals: [{ times: [{ start_time: "00:00", end_time: "06:00" }] }],
    };
    expect(timed({ mute_time_intervals: ["night"] }, [night])).toEqual([]);
    expect(timed({ mute_time_intervals: ["nite"] }, [night])).toEqual([
      "route.routes[0].mute_time_intervals[0]",
      "time_intervals[0].name",
    ]);
    expect(timed({ active_time_intervals: ["night"] }, [{ ...night, time_intervals: [] }])).toEqual([
      "time_intervals[0].time_intervals",
    ]);
    expect(
      timed({ active_time_intervals: ["night"] }, [{ ...night, time_intervals: [{ location: "Nowhere" }] }]),
    ).toEqual(["time_intervals[0].time_intervals[0].location"]);
    expect(
      paths({ ...right, route: { ...right.route, mute_time_intervals: ["night"] }, time_intervals: [night] }),
    ).toEqual(["route.mute_time_intervals"]);
  });
});
