import { code } from "./escape.ts";

/** A file by its name, and where there is a place to see it, with the way to it. */
export function fileText(file: string, link: string | undefined): string {
  return link === undefined
    ? code(file)
    : `[${code(file)}](<${link}${encodeURI(file).replaceAll(/[<>\\]/g, encodeURIComponent)}>)`;
}

// More are looked up, not read.
const mostFiles = 20;

/** Files as a list; of many the first, and how many more there are. */
export function fileList(files: readonly string[], link: string | undefined): readonly string[] {
  return [
    ...files.slice(0, mostFiles).map((file) => `- ${fileText(file, link)}`),
    ...(files.length > mostFiles ? [`- and ${files.length - mostFiles} more files: all are in the JSON format`] : []),
  ];
}
