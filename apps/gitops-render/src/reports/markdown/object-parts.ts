import { markdownTable } from "@plinth/core";
import type { DiffReport, ReportedObjects } from "../diff-report.ts";
import { fieldDiff } from "../line-diff.ts";
import { counted, firstOf, objectsInWords } from "../report-words.ts";
import { inPieces } from "./consequence-parts.ts";
import { block, code, html } from "./escape.ts";
import { fileList, fileText } from "./file-text.ts";
import type { Part } from "./pack-comments.ts";

// A longer difference is read in the file, where there is something to search with.
const mostLines = 400;
const longestLine = 1_000;
const mostFormerFiles = 20;

/** Each changed object with its fields before and after, folded; what no rule speaks of comes first. */
export function objectParts(report: DiffReport, room: number, link: string | undefined): readonly Part[] {
  return report.objects.flatMap((group) => {
    const section = group.spokenOf ? "Objects of the consequences above" : "Objects of which no rule speaks";
    return partsOf(group, room, link).map((text) => ({ section, text }));
  });
}

function partsOf(group: ReportedObjects, room: number, link: string | undefined): readonly string[] {
  const { change, kind, component, names, where, files, formerFiles = [], fields, count } = group;
  const several = count > 1 ? ` · ${counted(count, "object")}` : "";
  const summary = `${change} <code>${html(kind)}</code> <code>${html(firstOf(names, 3))}</code> · ${html(where)}${component === "" ? "" : ` · ${html(component)}`}${several}`;
  const lines = fields.flatMap(fieldDiff).map((line) => (line.length <= longestLine ? line : shortened(line)));
  const tooLong = lines.length > mostLines;
  const filesText = [
    // What is gone cannot be shown on the later side.
    ...fileList(files, change === "removed" ? undefined : link),
    ...formerFiles.slice(0, mostFormerFiles).map((file) => `- before: ${code(file)}`),
    ...(formerFiles.length > mostFormerFiles ? [`- before: and ${formerFiles.length - mostFormerFiles} more`] : []),
    ...(tooLong
      ? [
          `- ${lines.length} lines differ or stand around a difference: see the ${files.length === 1 ? "file" : "files"}`,
        ]
      : []),
  ];
  const head = filesText.join("\n");
  if (lines.length === 0 || tooLong) return [`<details><summary>${summary}</summary>\n\n${head}\n\n</details>`];
  return inPieces(lines, room - summary.length - head.length - 200).map((piece, place) =>
    place === 0
      ? `<details><summary>${summary}</summary>\n\n${head}\n\n${block("diff", piece)}\n\n</details>`
      : `<details><summary>${summary}, continued</summary>\n\n${block("diff", piece)}\n\n</details>`,
  );
}

function shortened(line: string): string {
  return `${line.slice(0, 200)} … (a line of ${line.length} letters: see the file)`;
}

const mostDocuments = 100;

/** Pages and other files that differ, folded. */
export function documentParts({ documents }: DiffReport, link: string | undefined): readonly Part[] {
  if (documents.length === 0) return [];
  const lines = documents
    .slice(0, mostDocuments)
    .map(
      ({ path, change, linesAdded, linesRemoved }) =>
        `- ${change} ${fileText(path, change === "removed" ? undefined : link)} (+${linesAdded} −${linesRemoved})`,
    );
  const more =
    documents.length > mostDocuments
      ? [`- and ${documents.length - mostDocuments} more: all are in the JSON format`]
      : [];
  const summary = counted(documents.length, "file");
  const text = `<details><summary>${summary}</summary>\n\n${[...lines, ...more].join("\n")}\n\n</details>`;
  return [{ section: "Pages and other files", text }];
}

/** The objects of a huge change: how many of what, without their fields. */
export function objectTable({ objects, summary }: DiffReport, room: number): readonly Part[] {
  const groups = Map.groupBy(objects, ({ spokenOf, change, kind, component }) =>
    [String(spokenOf), change, kind, component].join("\u0000"),
  );
  const rows = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { change, kind, component, spokenOf } = first;
    const names = [...new Set(group.flatMap((each) => each.names))];
    const count = group.reduce((sum, each) => sum + each.count, 0);
    return [
      [
        String(count),
        change,
        code(kind),
        component === "" ? "" : code(component),
        spokenOf ? "yes" : "no",
        code(firstOf(names, 3)),
      ],
    ];
  });
  const said =
    "The fields of these objects would need more comments than a reader takes in: they are in the JSON format, in the files, and here for fewer (`--environment`, `--team`).";
  return inPieces(
    rows.map((row) => row.join("\u0000")),
    room / 2,
  ).map((piece, place) => ({
    section: `Objects (${objectsInWords(summary.objects)})`,
    text: `${place === 0 ? `${said}\n\n` : ""}${markdownTable(
      ["Objects", "Change", "Kind", "Component", "A rule speaks of it", "Such as"],
      piece.map((row) => row.split("\u0000")),
    )}`,
  }));
}
