import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DiffReport, ReportedConsequence, ReportedObjects } from "../diff-report.ts";
import { consequence, reportOf } from "../report.fixture.ts";
import { block, code, html, inline } from "./escape.ts";
import { gitHubLimit, markdownReport } from "./markdown-report.ts";
import { marker } from "./pack-comments.ts";

const configMap = {
  "application/staging/a/b/configmap-x.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n",
};
const empty = reportOf({}, configMap, [consequence({ environment: "staging" })]);
const [line] = empty.consequences;
const [object] = empty.objects;
const withMany = (
  lines: readonly Partial<ReportedConsequence>[],
  objects: readonly Partial<ReportedObjects>[] = [],
): DiffReport => ({
  ...empty,
  consequences: lines.flatMap((each) => (line === undefined ? [] : [{ ...line, ...each }])),
  objects: objects.flatMap((each) => (object === undefined ? [] : [{ ...object, ...each }])),
});
const numbered = (count: number, text: string): string[] =>
  Array.from({ length: count }, (_, place) => `${text} ${String(place).padStart(5, "0")}`);

describe("comments", () => {
  it("are one where one suffices, without a number", () => {
    const [comment, ...others] = markdownReport(empty);
    expect(others).toEqual([]);
    expect(comment).toMatch(/^<!-- gitops-render diff -->\n## What changes: origin\/main → rendered\n/);
  });

  it("are several below the limit, numbered, each with the mark by which they are found, the summary in the first", () => {
    const comments = markdownReport(withMany(numbered(2_000, "subject").map((subject) => ({ subject }))));
    expect(comments.length).toBeGreaterThan(1);
    for (const [place, comment] of comments.entries()) {
      expect(comment.length).toBeLessThan(gitHubLimit);
      expect(
        comment.startsWith(`${marker}\n## What changes: origin/main → rendered (${place + 1} of ${comments.length})`),
      ).toBe(true);
      expect(comment.includes("by domain:")).toBe(place === 0);
    }
  });

  it("hold everything, in its order, and none of it twice", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ details: fc.nat(900), length: fc.nat(300) }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(390), { maxLength: 12 }),
        (lines, objects) => {
          const report = withMany(
            lines.map(({ details, length }, place) => ({
              subject: `subject${place}.`,
              details: numbered(details, `detail${place}.${"x".repeat(length)}`),
            })),
            objects.map((count, place) => ({
              names: [`object${place}.`],
              fields: [{ path: `path${place}.`, before: numbered(count, `before${place}.`).join("\n") }],
            })),
          );
          const comments = markdownReport(report, { limit: 16_384, mostComments: 1_000 });
          const text = comments.join("\n");
          for (const comment of comments) {
            expect(comment.length).toBeLessThanOrEqual(16_384);
            expect(comment.match(/<details>/g)?.length).toBe(comment.match(/<\/details>/g)?.length);
            expect((comment.match(/^```/gm)?.length ?? 0) % 2).toBe(0);
          }
          for (const word of ["subject", "detail", "path", "before"]) {
            const told = [...text.matchAll(new RegExp(`\\b${word}\\d+\\.[x]*( \\d{5})?`, "g"))].map(([found]) => found);
            const count =
              word === "subject"
                ? lines.length
                : word === "detail"
                  ? lines.reduce((sum, { details }) => sum + details, 0)
                  : word === "path"
                    ? objects.length
                    : objects.reduce((sum, some) => sum + Math.max(some, 0), 0);
            expect({ word, count: told.length }).toEqual({ word, count });
            expect(new Set(told).size).toBe(told.length);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it("of a huge change tell objects in a table, and say so", () => {
    const names = numbered(3_000, "object");
    const report = withMany(
      [{}],
      names.map((name) => ({ names: [name], fields: [{ path: name, before: "a".repeat(900) }] })),
    );
    expect(markdownReport(report, { mostComments: 1_000 }).length).toBeGreaterThan(10);
    const [comment = "", ...others] = markdownReport(report);
    expect(others).toEqual([]);
    expect(comment).toContain("would need more comments than a reader takes in");
    expect(comment).toContain("| 3000 | added | `ConfigMap` |");
  });

  it("say of what is too long to read how long it is, and where", () => {
    const report = withMany(
      [{ text: "x".repeat(70_000) }],
      [
        { fields: [{ path: "a", before: numbered(500, "line").join("\n") }] },
        { fields: [{ path: "b", after: "y".repeat(70_000) }] },
      ],
    );
    const text = markdownReport(report).join("\n");
    expect(text).toMatch(/ … \(70\d{3} letters: the whole is in JSON\)/);
    expect(text).toContain("501 lines differ or stand around a difference: see the file");
    expect(text).toContain("… (a line of 70002 letters: see the file)");
    expect(text.length).toBeLessThan(gitHubLimit);
  });

  it("have a limit that leaves room for something", () =>
    expect(() => markdownReport(empty, { limit: 100 })).toThrow("at least 16384"));
});

describe("a name of the tree", () => {
  it.each([
    ["@plinth/security", "@\u200bplinth/security"],
    ["fixes #12 and GH-13", "fixes #\u200b12 and GH-\u200b13"],
    ["*bold* [a](b) <img src=x>", "\\*bold\\* \\[a\\](b) &lt;img src=x&gt;"],
    ["a | b", "a \\| b"],
    ["snake_case and _em_", "snake_case and \\_em\\_"],
    ["1. first", "1\\. first"],
    ["- item", "\\- item"],
    ["/close", "\\/close"],
    ["gains `create pods/exec` in team-ml", "gains `create pods/exec` in team-ml"],
    ["`@all` and `one", "`@all` and \\`one"],
    ["&lt;", "&amp;lt;"],
  ])("in Markdown is shown as it is: %s", (text, told) => expect(inline(text)).toBe(told));

  it("mentions nobody and refers to nothing, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("@", "#", "!", "a", "1", "`", "-", "/", " ", "<", "\\", "_", "*"), { maxLength: 12 }),
        (letters) => {
          const text = letters.join("");
          for (const told of [inline(text).replaceAll(/`[^`]+`/g, ""), html(text)]) {
            expect(told).not.toMatch(/@[a-z0-9]/);
            expect(told.replaceAll("&#", "")).not.toMatch(/#\d/);
            expect(told).not.toMatch(/<[a-z/!]/);
          }
        },
      ),
    );
  });

  it("in code ends no code", () => {
    expect(code("a`b")).toBe("``a`b``");
    expect(code("`")).toBe("`` ` ``");
    expect(block("diff", ["+ ```", "+ ````sh"])).toBe("`````diff\n+ ```\n+ ````sh\n`````");
  });
});
