/** A text in which something else stands for some of its parts, so that a grammar reads it. */
export interface FilledText {
  readonly text: string;
  /** Where a place of it lies in the text as it was written. */
  writtenAt(at: number): number;
}

interface Part {
  readonly from: number;
  readonly to: number;
  /** How much longer the text has become up to the end of the part. */
  readonly growth: number;
}

/** Writes something else for each match of a pattern; nothing changes where `instead` gives nothing. */
export function filledText(
  written: string,
  pattern: RegExp,
  instead: (found: string, before: string, after: string) => string | undefined,
): FilledText {
  let text = "";
  let end = 0;
  const parts: Part[] = [];
  for (const match of written.matchAll(pattern)) {
    const [found] = match;
    const replaced = instead(found, written.slice(0, match.index), written.slice(match.index + found.length));
    if (replaced === undefined) continue;
    text += written.slice(end, match.index);
    const from = text.length;
    text += replaced;
    end = match.index + found.length;
    parts.push({ from, to: text.length, growth: text.length - end });
  }
  text += written.slice(end);
  return {
    text,
    writtenAt: (at) => {
      let growth = 0;
      for (const part of parts) {
        if (at < part.from) break;
        // Inside of what stands for something, the beginning of that is the place.
        if (at < part.to) return part.from - growth;
        growth = part.growth;
      }
      return at - growth;
    },
  };
}
