import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabelSet } from "../labels/label-set.ts";
import type { AlertmanagerConfig, AlertmanagerRoute } from "./alertmanager-config.ts";
import { allMatch } from "./matcher.ts";
import { matchingRoutes, receiversOf } from "./receivers-of.ts";

const names = ["a", "b", "c"];
const matcher = fc.constantFrom(
  'team="x"',
  'team!="x"',
  'team=~"x|y"',
  'namespace=~"n.*"',
  'namespace!~"n.*"',
  'severity=""',
);
const { route } = fc.letrec<{ route: AlertmanagerRoute }>((tie) => ({
  route: fc.record(
    {
      matchers: fc.array(matcher, { maxLength: 2 }),
      receiver: fc.constantFrom(...names),
      continue: fc.boolean(),
      routes: fc.oneof({ depthSize: "small" }, fc.constant([]), fc.array(tie("route"), { maxLength: 3 })),
    },
    { requiredKeys: [] },
  ),
}));
const configs = fc
  .array(route, { maxLength: 4 })
  .map(
    (routes): AlertmanagerConfig => ({ route: { receiver: "a", routes }, receivers: names.map((name) => ({ name })) }),
  );
const labelSets = fc.dictionary(fc.constantFrom("team", "namespace", "severity"), fc.constantFrom("x", "y", "n1", ""));

/** The same said of the whole tree at once: who is reached, and which of them has nobody reached below. */
function receiversByDefinition(config: AlertmanagerConfig, labels: LabelSet): readonly string[] {
  const finals: string[] = [];
  const visit = (node: AlertmanagerRoute, inherited: string): void => {
    const receiver = node.receiver ?? inherited;
    const children = node.routes ?? [];
    const reached = children.filter(
      (child, index) =>
        allMatch(child.matchers, labels) &&
        children.slice(0, index).every((earlier) => earlier.continue === true || !allMatch(earlier.matchers, labels)),
    );
    if (reached.length === 0) finals.push(receiver);
    for (const child of reached) visit(child, receiver);
  };
  visit(config.route, "");
  return finals;
}

describe("the receivers of an alert", () => {
  it("are those of the deepest routes that are reached", () => {
    fc.assert(
      fc.property(configs, labelSets, (config, labels) => {
        expect(receiversOf(config, labels)).toEqual(receiversByDefinition(config, labels));
      }),
      { numRuns: 500 },
    );
  });

  it("are never none", () => {
    fc.assert(
      fc.property(configs, labelSets, (config, labels) => {
        expect(
          receiversOf(config, labels).every((name) => names.includes(name)) && receiversOf(config, labels).length > 0,
        ).toBe(true);
      }),
    );
  });

  it("are one where no route says continue", () => {
    const config: AlertmanagerConfig = {
      route: { receiver: "a", routes: [{ matchers: ['team="x"'], receiver: "b" }, { receiver: "c" }] },
      receivers: [],
    };
    expect(receiversOf(config, { team: "x" })).toEqual(["b"]);
    expect(receiversOf(config, {})).toEqual(["c"]);
  });

  it("are those of several routes where one says continue", () => {
    const config: AlertmanagerConfig = {
      route: { receiver: "a", routes: [{ matchers: ['team="x"'], receiver: "b", continue: true }, { receiver: "c" }] },
      receivers: [],
    };
    expect(receiversOf(config, { team: "x" })).toEqual(["b", "c"]);
  });

  it("are inherited by a route that names none", () => {
    const config: AlertmanagerConfig = {
      route: {
        receiver: "a",
        routes: [{ matchers: ['team="x"'], receiver: "b", routes: [{ matchers: ['severity="y"'] }] }],
      },
      receivers: [],
    };
    expect(receiversOf(config, { team: "x", severity: "y" })).toEqual(["b"]);
    expect(matchingRoutes(config, { team: "x", severity: "y" }).map(({ path }) => path.length)).toEqual([3]);
  });

  it("cannot be told where a matcher does not parse", () => {
    const config: AlertmanagerConfig = {
      route: { receiver: "a", routes: [{ matchers: ['team=~"("'] }] },
      receivers: [],
    };
    expect(() => receiversOf(config, {})).toThrow(RangeError);
  });
});
