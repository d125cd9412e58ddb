import { readYamlDocuments } from "@plinth/core";
import type { Tree, TreeComparison } from "../../comparison/tree-comparison.ts";

const folderOf = (environment: string): string => `access/${environment}/`;

/** What changed of the files that somebody gives to the cloud by hand: no cluster reads them, so that to a tree they are documents. */
export function changedAccessFiles(comparison: TreeComparison, environment: string): readonly string[] {
  return comparison.documents.flatMap(({ kind, path }) =>
    kind !== "generated-only" && path.startsWith(folderOf(environment)) ? [path] : [],
  );
}

/** What those files say; one that is no YAML says nothing. */
export function accessFiles({ files }: Tree, environment: string): readonly unknown[] {
  const paths = files.paths.filter((path) => path.startsWith(folderOf(environment)) && /\.ya?ml$/.test(path));
  return [...files.read(paths).values()].flatMap(({ text }) =>
    text === undefined ? [] : (readYamlDocuments(text).documents ?? []),
  );
}
