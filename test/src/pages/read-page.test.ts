import { describe, expect, it } from "vitest";
import { comparable, matchesPage, readPage, withOutputs } from "./read-page.ts";

describe("a page that is followed", () => {
  it("has edits and commands, in their order, with what the commands print", () =>
    expect(
      readPage(
        "# T\n\n```diff\n--- a/x\n+++ b/x\n```\n\n```ts\nconst a = 1;\n```\n\n```console\n$ one\nfirst\nsecond\n$ two\n```\n",
      ),
    ).toEqual([
      { kind: "edit", diff: "--- a/x\n+++ b/x\n", line: 4 },
      { kind: "command", command: "one", prints: ["first", "second"], line: 13 },
      { kind: "command", command: "two", prints: [], line: 16 },
    ]));

  it("is written anew with what its commands print, but for what it leaves out", () => {
    const page = "```console\n$ one\nold\n$ two\n$ three\nfirst\n…\n```\n";
    const outputs = readPage(page).flatMap((step) =>
      step.kind === "command" ? [{ step, printed: [`${step.command} prints`] }] : [],
    );
    expect(withOutputs(page, outputs)).toBe(
      "```console\n$ one\none prints\n$ two\ntwo prints\n$ three\nfirst\n…\n```\n",
    );
  });

  it("does not say how long something took", () =>
    expect(comparable("done   (1.25 s)  \nmore\n")).toEqual(["done   (… s)", "more"]));

  it.each([
    ["the same lines", ["a", "b"], ["a", "b"], true],
    ["another line", ["a", "c"], ["a", "b"], false],
    ["a line too many", ["a", "b", "c"], ["a", "b"], false],
    ["a line too few", ["a"], ["a", "b"], false],
    ["anything in between", ["a", "x", "y", "b"], ["a", "…", "b"], true],
    ["nothing in between", ["a", "b"], ["a", "…", "b"], true],
    ["anything at the end", ["a", "x"], ["a", "…"], true],
    ["anything, but not what comes after it", ["a", "x"], ["a", "…", "b"], false],
    ["nothing at all", [""], [], true],
    ["something where nothing is expected", ["a"], [], false],
  ])("tells %s", (_, printed, page, same) => expect(matchesPage(printed, page)).toBe(same));
});
