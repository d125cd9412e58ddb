import { dirname, extname } from "node:path";
import type { Finding } from "@plinth/core";
import type { ReportFormat } from "../reports/report-format.ts";
import { errorCode, type FileSystem } from "../writing/file-system.ts";
import type { Terminal } from "./terminal.ts";

const endings: Readonly<Record<ReportFormat, string>> = {
  terminal: "txt",
  markdown: "md",
  json: "json",
  sarif: "sarif",
  junit: "xml",
};

/**
 * Writes the texts of a report: to a file, and where there are several to `diff.md`, `diff-2.md`, …; or into a folder, which is there
 * already, ends with a slash or has no ending, as `diff-1.md`, `diff-2.md`, …, so that their names sort as they are numbered. Says which files it wrote; a finding where it cannot.
 */
export function writeReport(
  output: string,
  format: ReportFormat,
  texts: readonly string[],
  terminal: Terminal,
  fileSystem: FileSystem,
): Finding | undefined {
  const ending = endings[format];
  const kind = fileSystem.kindOf(output);
  const isFolder = kind === "folder" || (kind === undefined && (output.endsWith("/") || extname(output) === ""));
  const folder = isFolder ? output.replace(/\/+$/, "") : dirname(output);
  const nameOf = (place: number): string => {
    const number = String(place + 1).padStart(String(texts.length).length, "0");
    if (isFolder) return `${folder}/diff${format === "markdown" ? `-${number}` : ""}.${ending}`;
    return place === 0 ? output : output.replace(/(\.[^./]*)?$/, (extension) => `-${number}${extension}`);
  };
  try {
    fileSystem.makeFolder(folder);
    for (const [place, text] of texts.entries())
      fileSystem.write(nameOf(place), text.endsWith("\n") ? text : `${text}\n`);
  } catch (error) {
    return {
      code: "not-writable",
      severity: "error",
      message: `${output} cannot be written (${errorCode(error) ?? String(error)})`,
      expected: "a file or a folder that may be written",
    };
  }
  terminal.err(`  wrote ${texts.map((_, place) => nameOf(place)).join(", ")}`);
  return undefined;
}
