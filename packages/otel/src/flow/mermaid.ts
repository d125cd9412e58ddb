/** A picture of boxes and arrows, as GitHub draws it. */
export interface Flowchart {
  readonly groups: readonly FlowGroup[];
  /** Boxes outside of every group. */
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}

/** Boxes with a frame and a title. */
export interface FlowGroup {
  readonly title: string;
  readonly nodes: readonly FlowNode[];
}

export interface FlowNode {
  /** What edges call it. Any text. */
  readonly key: string;
  /** What stands in the box, line by line. Any text. */
  readonly lines: readonly string[];
  /** @default "step" */
  readonly shape?: FlowShape;
}

/** `source` is where something comes from, `store` where it ends, `step` what happens between. */
export type FlowShape = "source" | "step" | "store";

export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  /** @default none */
  readonly label?: string;
}

const brackets: Readonly<Record<FlowShape, readonly [string, string]>> = {
  source: ["([", "])"],
  step: ["[", "]"],
  store: ["[(", ")]"],
};

/**
 * The flowchart in the language of Mermaid. Names become text in quotes and nothing else: the ids that Mermaid reads are counted, so that no name can be a
 * keyword of it. An edge from or to a box that is not there is left out.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function printFlowchart({ groups, nodes, edges }: Flowchart): string {
  const ids = new Map<string, string>();
  for (const { key } of [...groups.flatMap((group) => group.nodes), ...nodes])
    if (!ids.has(key)) ids.set(key, `n${ids.size + 1}`);
  const drawn = new Set<string>();
  const box = (node: FlowNode): string[] => {
    const id = ids.get(node.key);
    if (id === undefined || drawn.has(node.key)) return [];
    drawn.add(node.key);
    const [open, close] = brackets[node.shape ?? "step"];
    return [`${id}${open}"${node.lines.map(mermaidText).join("<br/>")}"${close}`];
  };
  return [
    "flowchart LR",
    ...groups.flatMap((group, index) => [
      `  subgraph g${index + 1}["${mermaidText(group.title)}"]`,
      ...group.nodes.flatMap(box).map((line) => `    ${line}`),
      "  end",
    ]),
    ...nodes.flatMap(box).map((line) => `  ${line}`),
    ...edges.flatMap(({ from, to, label }) => {
      const [start, end] = [ids.get(from), ids.get(to)];
      if (start === undefined || end === undefined) return [];
      return [`  ${start} -->${label === undefined ? "" : `|"${mermaidText(label)}"|`} ${end}`];
    }),
    "",
  ].join("\n");
}

/**
 * Text inside quotes: what Mermaid, its Markdown or HTML would read as more than a character becomes an entity code of Mermaid, line breaks become blanks, and
 * text that is empty or would begin a list gets a zero-width space. An underscore inside a word is one in Markdown, too.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export function mermaidText(text: string): string {
  const escaped = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/["#&<>`*~\\$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, (character) => `#${character.charCodeAt(0)};`);
  return /^\s*(?:$|\d+[.)]|[-+])/.test(escaped) ? `\u200b${escaped}` : escaped;
}
