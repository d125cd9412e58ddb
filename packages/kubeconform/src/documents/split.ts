/** A document of a YAML file, as kubeconform cuts the file (pkg/resource/stream.go). */
export interface SplitDocument {
  readonly content: Buffer;
  /** The line on which it begins, counted from 1. */
  readonly line: number;
  /** What stands after the `---` before it on the same line: kubeconform does not read it. */
  readonly afterSeparator: string;
}

const separator = Buffer.from("\n---");
const newline = 0x0a;

/**
 * Cuts a YAML file at every line that begins with `---`, without holding more of it than one document and one chunk.
 *
 * @example
 * import { createReadStream } from "node:fs";
 * for await (const { content, line } of splitDocuments(createReadStream("all.yaml"))) console.log(line, content.length);
 */
export async function* splitDocuments(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<SplitDocument> {
  let buffered: Buffer = Buffer.alloc(0);
  let searched = 0;
  let line = 1;
  let afterSeparator = "";

  for await (const chunk of chunks) {
    buffered = Buffer.concat([buffered, chunk]);
    for (;;) {
      const found = buffered.indexOf(separator, searched);
      const end = found < 0 ? -1 : buffered.indexOf(newline, found + separator.length);
      if (end < 0) {
        searched = found < 0 ? Math.max(0, buffered.length - separator.length + 1) : found;
        break;
      }
      const content = buffered.subarray(0, found);
      yield { content, line, afterSeparator };
      line += countLines(content) + 2;
      afterSeparator = buffered.toString("utf8", found + separator.length, end).trim();
      buffered = buffered.subarray(end + 1);
      searched = 0;
    }
  }
  // The last separator may lack its line break.
  const found = buffered.indexOf(separator);
  const content = found < 0 ? buffered : buffered.subarray(0, found);
  yield { content, line, afterSeparator };
  const rest = found < 0 ? "" : buffered.toString("utf8", found + separator.length).trim();
  if (rest !== "") yield { content: Buffer.alloc(0), line: line + countLines(content) + 2, afterSeparator: rest };
}

function countLines(content: Buffer): number {
  let count = 0;
  for (let at = content.indexOf(newline); at >= 0; at = content.indexOf(newline, at + 1)) count++;
  return count;
}
