/** What kubeconform said of one object. */
export type Answer =
  | { readonly status: "valid" | "skipped"; readonly qualifiedName: string }
  | { readonly status: "empty" }
  /** The object was compared with its schema and refused; `text` is the schema library's report. */
  | { readonly status: "invalid"; readonly qualifiedName: string; readonly text: string }
  /** The object was not compared: it cannot be read, or has no schema. */
  | { readonly status: "error"; readonly text: string };

/** The answers in a part of kubeconform's TAP output. */
export interface Answers {
  readonly answers: readonly Answer[];
  /** False when a line could be both an answer and a part of the answer before it. */
  readonly clear: boolean;
}

const invalidMarker = "): problem validating schema. Check JSON formatting: ";
const answerLine = /^(?:not )?ok (\d+) - stdin/;

/**
 * Reads answers from the lines of kubeconform's TAP output for standard input (pkg/output/tap.go). An error's text may go over
 * several lines; an answer begins with the next number.
 *
 * @example
 * parseAnswers(["ok 1 - stdin (v1/Namespace//team-data)", "not ok 2 - stdin: could not find schema for Foo"], 1);
 */
export function parseAnswers(lines: readonly string[], firstNumber: number): Answers {
  const entries: string[][] = [];
  let clear = true;
  for (const line of lines) {
    const number = answerLine.exec(line)?.[1];
    const current = entries.at(-1);
    if (number !== undefined && Number(number) === firstNumber + entries.length) {
      entries.push([line]);
    } else if (current !== undefined) {
      current.push(line);
      // The text of an object can look like an answer; only errors go over several lines.
      if (number !== undefined || current[0]?.startsWith("ok ") === true) clear = false;
    } else {
      clear = false;
    }
  }
  return { answers: entries.map((entry) => parseAnswer(entry.join("\n"))), clear };
}

function parseAnswer(entry: string): Answer {
  const body = entry.replace(answerLine, "");
  if (entry.startsWith("ok ")) {
    if (body === " (empty)") return { status: "empty" };
    const skipped = body.endsWith(" # skip");
    return { status: skipped ? "skipped" : "valid", qualifiedName: body.slice(2, skipped ? -") # skip".length : -1) };
  }
  const marker = body.startsWith(" (") ? body.indexOf(invalidMarker) : -1;
  if (marker < 0) return { status: "error", text: body.replace(/^: /, "") };
  return { status: "invalid", qualifiedName: body.slice(2, marker), text: body.slice(marker + invalidMarker.length) };
}
