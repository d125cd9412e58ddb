import { hostileStrings } from "@plinth/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Flowchart, mermaidText, printFlowchart } from "./mermaid.ts";

/** What a chart of these texts is read as, by the grammar of the lines that are written; `undefined` where a line is none of them. */
function readChart(text: string): { boxes: string[][]; titles: string[]; labels: string[]; open: number } | undefined {
  const boxes: string[][] = [];
  const titles: string[] = [];
  const labels: string[] = [];
  let open = 0;
  const known = new Set<string>();
  const [head, ...lines] = text.trimEnd().split("\n");
  if (head !== "flowchart LR") return undefined;
  for (const line of lines.map((each) => each.trim())) {
    const group = /^subgraph g\d+\["([^"\n]*)"\]$/.exec(line);
    const box = /^(n\d+)(?:\["([^"\n]*)"\]|\(\["([^"\n]*)"\]\)|\[\("([^"\n]*)"\)\])$/.exec(line);
    const edge = /^(n\d+) -->(?:\|"([^"\n]*)"\|)? (n\d+)$/.exec(line);
    if (line === "end") open -= 1;
    else if (group !== null) {
      open += 1;
      titles.push(shown(group[1] ?? ""));
    } else if (box !== null) {
      known.add(box[1] ?? "");
      boxes.push((box[2] ?? box[3] ?? box[4] ?? "").split("<br/>").map(shown));
    } else if (edge !== null && known.has(edge[1] ?? "") && known.has(edge[3] ?? "")) labels.push(shown(edge[2] ?? ""));
    else return undefined;
  }
  return { boxes, titles, labels, open };
}

/** What a reader sees of a text: entity codes as their characters. */
function shown(text: string): string {
  return text.replace(/^\u200b/, "").replace(/#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

/** A text as it can be shown in one line. */
function inOneLine(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}

function chartOf(text: string, other: string): Flowchart {
  return {
    groups: [{ title: text, nodes: [{ key: text, lines: [text, other] }] }],
    nodes: [
      { key: `${text}/end`, lines: [other], shape: "store" },
      { key: `${text}/begin`, lines: [text], shape: "source" },
    ],
    edges: [
      { from: `${text}/begin`, to: text },
      { from: text, to: `${text}/end`, label: other },
    ],
  };
}

const words = ["end", "subgraph", "graph", "click", "1. one", "- two", '"]', "%%{init}%%", "@{ shape: x }", "`x`", ""];
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.constantFrom(...words, ...hostileStrings.slice(0, 50)),
);

describe("a flowchart", () => {
  it("is read as what was meant, whatever things are called", () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        expect(readChart(printFlowchart(chartOf(text, other)))).toEqual({
          boxes: [[inOneLine(text), inOneLine(other)], [inOneLine(other)], [inOneLine(text)]],
          titles: [inOneLine(text)],
          labels: ["", inOneLine(other)],
          open: 0,
        });
      }),
    );
  });

  it("draws a box once, and no arrow to one that is not there", () => {
    const node = { key: "a", lines: ["a"] };
    const text = printFlowchart({ groups: [], nodes: [node, node], edges: [{ from: "a", to: "b" }] });
    expect(text).toBe('flowchart LR\n  n1["a"]\n');
  });
});

describe("text in a flowchart", () => {
  it("leaves names as they are read", () => {
    for (const name of ["memory_limiter", "otlp_grpc/traces", "http://loki.svc/otlp", "errors: all over 1999 ms"])
      expect(mermaidText(name)).toBe(name);
  });

  it("says what its language would take for more", () => {
    expect(mermaidText('a "b" <c>')).toBe("a #34;b#34; #60;c#62;");
    expect(mermaidText("```")).not.toContain("```");
    expect(mermaidText("1. one")).toBe("\u200b1. one");
  });
});
