import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCel } from "../admission/cel-text.ts";
import { teamTable } from "./team-table.ts";

describe("a table of teams", () => {
  it("has a line for each team", () =>
    expect(
      teamTable([
        { namespace: "team-data", value: ["gp3", "io2"] },
        { namespace: "team-ml", value: { "example.com/pool": "gpu" } },
        { namespace: "team-web", value: "it's closed" },
      ]).expression,
    ).toBe(
      [
        "{",
        "  'team-data': ['gp3', 'io2'],",
        "  'team-ml': {'example.com/pool': 'gpu'},",
        "  'team-web': 'it\\'s closed',",
        "}[request.namespace]",
      ].join("\n"),
    ));

  it("holds any text as a literal, never as code", () =>
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const { problems, literals } = readCel(teamTable([{ namespace: "team-data", value: [text] }]).expression);
        expect(problems).toEqual([]);
        expect(literals).toHaveLength(2);
      }),
    ));
});
