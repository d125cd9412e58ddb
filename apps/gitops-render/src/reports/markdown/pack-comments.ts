/** A piece of a report that stays together. */
export interface Part {
  /** The section that it belongs to; a comment that begins inside a section repeats it. */
  readonly section?: string;
  readonly text: string;
}

/** A hidden line, by which a workflow finds the comments of an earlier run. */
export const marker = "<!-- gitops-render diff -->";

/** Parts in as few comments as hold them, in their order, each below the limit and numbered where there are several. */
export function packComments(parts: readonly Part[], title: string, limit: number): readonly string[] {
  const bodies: string[] = [];
  let body = "";
  let section: string | undefined;
  // The longest head that there can be, and some room for what a workflow puts before it.
  const room = limit - headOf(title, 9_999, 9_999).length - 200;
  for (const part of parts) {
    const heading = (open: boolean): string =>
      part.section === undefined || (open && part.section === section) ? "" : `\n\n### ${part.section}`;
    const next = `${heading(true)}\n\n${part.text}`;
    if (body !== "" && body.length + next.length > room) {
      bodies.push(body);
      body = `${heading(false)}\n\n${part.text}`;
    } else body += next;
    section = part.section;
  }
  if (body !== "") bodies.push(body);
  return bodies.map((text, place) => `${headOf(title, place + 1, bodies.length)}${text}\n`);
}

function headOf(title: string, number: number, count: number): string {
  const of = count === 1 ? "" : ` (${number} of ${count})`;
  return `${marker}\n## What changes: ${title}${of}`;
}
