import type { DiffReport, ReportedConsequence } from "../diff-report.ts";
import { counted, countsInWords, firstOf, sentenceOf } from "../report-words.ts";
import { code, inline } from "./escape.ts";
import { fileList } from "./file-text.ts";
import type { Part } from "./pack-comments.ts";

// A sentence is read, a longer one is looked up.
const longestLine = 4_000;

/** Each consequence with its details folded, by domain: the domain with the worst first. */
export function consequenceParts(report: DiffReport, room: number, link: string | undefined): readonly Part[] {
  const byDomain = Map.groupBy(report.consequences, ({ domain }) => domain);
  return [...byDomain].flatMap(([domain, lines]) => {
    const counts = report.summary.domains.find((each) => each.domain === domain)?.lines;
    const section = counts === undefined ? domain : `${domain}: ${countsInWords(counts)}`;
    return lines.flatMap((line) => partsOf(line, room, link).map((text) => ({ section, text })));
  });
}

function partsOf(line: ReportedConsequence, room: number, link: string | undefined): readonly string[] {
  const { risk, where, reviewers, sources, details } = line;
  const files = [...new Set(line.members.flatMap((member) => member.files))].sort();
  const head = [
    `**${risk}** · ${inline(where)} · ${inline(told(sentenceOf(line)))}`,
    `ask ${inline(firstOf(reviewers, 10))}`,
    ...(sources.length === 0 ? [] : [code(firstOf(sources, 2))]),
  ].join(" · ");
  const lines = [
    ...servicesText(line.services),
    ...details.map((detail) => `- ${inline(told(detail))}`),
    ...fileList(files, link),
  ];
  if (lines.length === 0) return [head];
  const summary = [
    ...(details.length === 0 ? [] : [counted(details.length, "detail")]),
    ...(files.length === 0 ? [] : [counted(files.length, "file")]),
  ].join(", ");
  return inPieces(lines, room - head.length - 200).map((piece, place) =>
    place === 0 ? `${head}\n\n${folded(summary, piece)}` : folded(`${summary}, continued`, piece),
  );
}

const namesOfLine = 50;

function servicesText(services: readonly string[]): readonly string[] {
  if (services.length < 2) return [];
  const lines = Array.from({ length: Math.ceil(services.length / namesOfLine) }, (_, place) =>
    services.slice(place * namesOfLine, (place + 1) * namesOfLine),
  );
  return lines.map((names) => `- services: ${inline(names.join(", "))}`);
}

function told(text: string): string {
  return text.length <= longestLine
    ? text
    : `${text.slice(0, longestLine)} … (${text.length} letters: the whole is in JSON)`;
}

/** Lines in pieces that fit. */
export function inPieces(lines: readonly string[], room: number): readonly (readonly string[])[] {
  const pieces: string[][] = [];
  let piece: string[] = [];
  let length = 0;
  for (const line of lines) {
    if (piece.length > 0 && length + line.length + 1 > room) {
      pieces.push(piece);
      piece = [];
      length = 0;
    }
    piece.push(line);
    length += line.length + 1;
  }
  return piece.length === 0 ? pieces : [...pieces, piece];
}

function folded(summary: string, lines: readonly string[]): string {
  return `<details><summary>${summary}</summary>\n\n${lines.join("\n")}\n\n</details>`;
}
