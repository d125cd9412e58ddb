/** What a page asks its reader to do, in its order. */
export type PageStep = EditStep | CommandStep;

/** A change of files, as a unified diff. `line` counts from 1. */
export interface EditStep {
  readonly kind: "edit";
  readonly diff: string;
  readonly line: number;
}

/** A command, and what it prints; a line of `…` stands for any number of lines. */
export interface CommandStep {
  readonly kind: "command";
  readonly command: string;
  readonly prints: readonly string[];
  readonly line: number;
}

/** What a command of a page has printed. */
export interface StepOutput {
  readonly step: CommandStep;
  readonly printed: readonly string[];
}

/**
 * The steps of a page in Markdown: each block marked `diff`, and in blocks marked `console` each line that begins with `$ `, with the lines below it as its
 * output. `line` counts from 1, for messages.
 */
export function readPage(markdown: string): readonly PageStep[] {
  const steps: PageStep[] = [];
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const language = /^```(\w+)$/.exec(lines[at] ?? "")?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf("```", at + 1);
    if (end === -1) return steps;
    const body = lines.slice(at + 1, end);
    if (language === "diff") steps.push({ kind: "edit", diff: `${body.join("\n")}\n`, line: at + 2 });
    if (language === "console") steps.push(...commandsIn(body, at + 2));
    at = end;
  }
  return steps;
}

function commandsIn(body: readonly string[], first: number): CommandStep[] {
  const starts = body.flatMap((text, index) => (text.startsWith("$ ") ? [index] : []));
  return starts.map((start, number) => ({
    kind: "command",
    command: body[start]?.slice(2) ?? "",
    prints: body.slice(start + 1, starts[number + 1] ?? body.length),
    line: first + start,
  }));
}

/** What a run prints, without what differs from run to run: how long it took, blanks at the ends of lines. */
export function comparable(output: string): readonly string[] {
  return output
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/\(\d+(?:\.\d+)? m?s\)/, "(… s)").trimEnd());
}

/** Whether lines are those of a page, in which a line of `…` stands for any number of them. */
export function matchesPage(printed: readonly string[], page: readonly string[]): boolean {
  const [expected, ...others] = page;
  if (expected === undefined) return printed.length === 0 || (printed.length === 1 && printed[0] === "");
  if (expected.trim() === "…")
    return printed.some((_, skipped) => matchesPage(printed.slice(skipped), others)) || matchesPage([], others);
  return printed.length > 0 && printed[0] === expected && matchesPage(printed.slice(1), others);
}

/** The page with what its commands print; where it leaves lines out it stays as it is. */
export function withOutputs(markdown: string, outputs: readonly StepOutput[]): string {
  const lines = markdown.split("\n");
  // From the end: lines before keep their places.
  for (const { step, printed } of outputs.toReversed())
    if (!step.prints.includes("…"))
      lines.splice(step.line, step.prints.length, ...(printed.join("") === "" ? [] : printed));
  return lines.join("\n");
}
