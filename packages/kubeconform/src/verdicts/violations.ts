/** One thing that a schema refuses in an object. */
export interface Violation {
  /** The steps from the object to the value: `["spec", "containers", "0"]`. */
  readonly steps: readonly string[];
  /** The schema library's words: `got string, want integer`. */
  readonly message: string;
}

interface Node {
  readonly depth: number;
  readonly steps: readonly string[];
  readonly message: string;
}

/**
 * The violations in a report of the schema library, which kubeconform prints on one line: a tree whose depth is left in the number
 * of blanks before each `- at '<pointer>': <message>` (santhosh-tekuri/jsonschema v6, output.go). Inner nodes only say that
 * something below them failed; of alternatives the node is kept, with what each of them asks for.
 *
 * They come in the order of their pointers: the library's own order changes from run to run.
 */
export function parseViolations(report: string): Violation[] {
  const nodes = parseNodes(report);
  const violations = nodes.length === 0 ? [{ steps: [], message: report }] : leaves(nodes);
  const key = ({ steps, message }: Violation): string => JSON.stringify([steps, message]);
  const unique = new Map(violations.map((violation) => [key(violation), violation]));
  return [...unique.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, violation]) => violation);
}

function leaves(nodes: readonly Node[]): Violation[] {
  const found: Violation[] = [];
  for (let index = 0; index < nodes.length; ) {
    const node = nodes[index];
    if (node === undefined) break;
    const end = nodes.findIndex((other, at) => at > index && other.depth <= node.depth);
    const below = nodes.slice(index + 1, end < 0 ? undefined : end);
    if (below.length === 0) {
      found.push({ steps: node.steps, message: node.message });
      index++;
    } else if (/^'(anyOf|oneOf)' failed/.test(node.message)) {
      found.push({ steps: node.steps, message: alternatives(node, below) });
      index += below.length + 1;
    } else {
      index++;
    }
  }
  return found;
}

function alternatives(node: Node, below: readonly Node[]): string {
  const wanted = leaves(below).map(({ steps, message }) => {
    const inside = steps.slice(node.steps.length);
    return inside.length === 0 ? message : `${fieldPath(inside)}: ${message}`;
  });
  return `none of the alternatives fits: ${[...new Set(wanted)].sort().join("; or ")}`;
}

/** Cuts the report at each `- at '`, outside of quoted text. */
function parseNodes(report: string): Node[] {
  const starts: { at: number; depth: number; textAt: number }[] = [];
  const opening = /( +)- at '/y;
  for (let index = 0; index < report.length; index++) {
    opening.lastIndex = index;
    const blanks = report[index] === " " ? opening.exec(report)?.[1]?.length : undefined;
    if (blanks !== undefined && blanks % 2 === 1) {
      starts.push({ at: index, depth: (blanks + 1) / 2, textAt: opening.lastIndex - 1 });
      index = opening.lastIndex - 1;
    }
    if (report[index] === "'") index = closingQuote(report, index);
  }
  return starts.flatMap(({ depth, textAt }, number) => {
    const end = starts[number + 1]?.at ?? report.length;
    const close = closingQuote(report, textAt);
    const pointer = unquote(report.slice(textAt + 1, close));
    const message = report.slice(close + 1, end).replace(/^: /, "");
    return [{ depth, steps: pointerSteps(pointer), message }];
  });
}

/** The index of the quote that closes the one at `open`; the last character when there is none. */
function closingQuote(text: string, open: number): number {
  for (let index = open + 1; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === "'") return index;
  }
  return text.length - 1;
}

const escapes: Readonly<Record<string, string>> = { a: "\u0007", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** Undoes Go's `%q` with single quotes. */
export function unquote(quoted: string): string {
  return quoted.replaceAll(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g,
    (_, x?: string, u?: string, long?: string, one?: string) => {
      const code = x ?? u ?? long;
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
      return escapes[one ?? ""] ?? one ?? "";
    },
  );
}

function pointerSteps(pointer: string): string[] {
  return pointer === ""
    ? []
    : pointer
        .slice(1)
        .split("/")
        .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/**
 * Steps as a dotted path. A step of digits is taken for the index of a list.
 *
 * @example
 * fieldPath(["spec", "containers", "0", "image"]); // "spec.containers[0].image"
 * fieldPath(["metadata", "annotations", "example.com/team"]); // 'metadata.annotations["example.com/team"]'
 */
export function fieldPath(steps: readonly string[]): string {
  return steps.reduce((path, step) => {
    if (/^\d+$/.test(step)) return `${path}[${step}]`;
    if (!/^[A-Za-z_$][-\w$]*$/.test(step)) return `${path}[${JSON.stringify(step)}]`;
    return path === "" ? step : `${path}.${step}`;
  }, "");
}
