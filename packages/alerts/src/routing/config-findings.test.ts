import { describe, expect, it } from "vitest";
import type { AlertmanagerConfig } from "./alertmanager-config.ts";
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
});
