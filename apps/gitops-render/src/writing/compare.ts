import {
  type Finding,
  type IndexEntry,
  indexPath,
  inspectSignature,
  type OutputFile,
  parseIndex,
  type RenderedIndex,
} from "@plinth/core";
import type { FileSystem } from "./file-system.ts";

/** What a render would do to the output folder. Nothing has been touched. */
export interface Comparison {
  /** Not there yet. */
  readonly added: readonly OutputFile[];
  /** There, with other content that Plinth wrote. */
  readonly changed: readonly OutputFile[];
  readonly unchanged: number;
  /** Written by Plinth, owned by the index, and no longer said by the model. */
  readonly orphaned: readonly string[];
  /** The index as it stands on disk. */
  readonly index: RenderedIndex;
  /** Whether a render that was killed left its lock or its staging folder. */
  readonly leftovers: boolean;
  /** Why nothing may be written. */
  readonly obstacles: readonly Finding[];
  /** Files in the folder that are nobody's. */
  readonly foreign: readonly Finding[];
}

/** Names that a render leaves in the folder while it runs, or after it was killed. */
export const stagingPrefix = ".plinth-staging-";
export const lockName = ".plinth-lock";

/** True for a name that a render leaves in the folder while it runs. */
export function isLeftover(name: string): boolean {
  return name === lockName || name.startsWith(stagingPrefix);
}

/** The index on disk; a finding when it cannot be read. */
export function readIndex(root: string, fileSystem: FileSystem): { index: RenderedIndex; finding?: Finding } {
  const text =
    fileSystem.kindOf(`${root}/${indexPath}`) === "file" ? fileSystem.read(`${root}/${indexPath}`) : undefined;
  if (text === undefined) return { index: new Map() };
  const parsed = parseIndex(text);
  if ("index" in parsed) return { index: parsed.index };
  return {
    index: new Map(),
    finding: {
      code: "edited-by-hand",
      severity: "error",
      file: indexPath,
      message: `the index ${parsed.problem}`,
      expected: "the index that Plinth wrote: without it nothing can be removed safely",
      hint: `restore it (git checkout -- ${root}/${indexPath}), or delete it: then nothing is removed in the next render`,
    },
  };
}

/** Compares what the model says with what lies in the folder. `kept` files are on disk and stay as they are. */
export function compare(
  root: string,
  output: readonly OutputFile[],
  kept: ReadonlyMap<string, IndexEntry>,
  fileSystem: FileSystem,
): Comparison {
  const { index, finding } = readIndex(root, fileSystem);
  const obstacles: Finding[] = finding === undefined ? [] : [finding];
  if (fileSystem.kindOf(root) === "link") obstacles.push(linkFinding("", "the output folder itself"));
  const links = new Set<string>();
  const onDisk = new Map<string, "file" | "other">();
  if (obstacles.length === 0) walk(root, "", fileSystem, onDisk, links);
  const added: OutputFile[] = [];
  const changed: OutputFile[] = [];
  let unchanged = 0;
  for (const file of output) {
    const link = linkOnTheWay(file.path, links);
    if (link !== undefined) {
      obstacles.push(linkFinding(file.path, link));
      continue;
    }
    const present = onDisk.get(file.path);
    if (present === undefined) {
      added.push(file);
      const above = fileOnTheWay(file.path, onDisk);
      if (above !== undefined)
        obstacles.push({
          code: "foreign-file",
          severity: "error",
          file: above,
          message: `is a file where ${file.path} needs a folder`,
          hint: "move it out of the output folder",
        });
      continue;
    }
    if (present === "other") {
      obstacles.push({
        code: "foreign-file",
        severity: "error",
        file: file.path,
        message: "is neither a file nor a folder",
        hint: "remove it",
      });
      continue;
    }
    const found = fileSystem.read(`${root}/${file.path}`);
    const text = file.text();
    if (found === text) {
      unchanged++;
      continue;
    }
    const obstacle = file.path === indexPath || found === undefined ? undefined : ownershipFinding(file.path, found);
    if (obstacle !== undefined) obstacles.push(obstacle);
    changed.push(file);
  }
  const planned = new Set(output.map(({ path }) => path));
  const orphaned = [...index.keys()]
    .filter(
      (path) =>
        !planned.has(path) &&
        !kept.has(path) &&
        isInside(path) &&
        (onDisk.get(path) === "file" || linkOnTheWay(path, links) !== undefined),
    )
    .sort();
  for (const path of orphaned) {
    const link = linkOnTheWay(path, links);
    const obstacle =
      link === undefined ? ownershipFinding(path, fileSystem.read(`${root}/${path}`) ?? "") : linkFinding(path, link);
    if (obstacle !== undefined) obstacles.push(obstacle);
  }
  const owned = new Set([...planned, ...kept.keys(), ...index.keys()]);
  const foreign = [...onDisk.keys()]
    .filter((path) => !owned.has(path))
    .sort()
    .map(foreignFinding);
  const leftovers = obstacles.length === 0 && fileSystem.list(root).some(({ name }) => isLeftover(name));
  return { added, changed, unchanged, orphaned, index, leftovers, obstacles, foreign };
}

/** An index is a file that a person could edit: a path of it that leaves the folder is nobody's to remove. */
function isInside(path: string): boolean {
  return (
    !path.startsWith("/") && !path.split("/").some((segment) => segment === ".." || segment === "." || segment === "")
  );
}

function walk(
  root: string,
  folder: string,
  fileSystem: FileSystem,
  files: Map<string, "file" | "other">,
  links: Set<string>,
): void {
  for (const { name, kind } of fileSystem.list(folder === "" ? root : `${root}/${folder}`)) {
    if (folder === "" && isLeftover(name)) continue;
    const path = folder === "" ? name : `${folder}/${name}`;
    if (kind === "folder") walk(root, path, fileSystem, files, links);
    else if (kind === "link") links.add(path);
    else files.set(path, kind);
  }
}

/** The folders on the way to a path: `a` and `a/b` for `a/b/c`. */
function pathsAbove(path: string): string[] {
  const segments = path.split("/");
  return segments.slice(1).map((_segment, depth) => segments.slice(0, depth + 1).join("/"));
}

function linkOnTheWay(path: string, links: ReadonlySet<string>): string | undefined {
  if (links.has(path)) return path;
  return pathsAbove(path).find((above) => links.has(above));
}

function fileOnTheWay(path: string, files: ReadonlyMap<string, unknown>): string | undefined {
  return pathsAbove(path).find((above) => files.has(above));
}

function linkFinding(file: string, link: string): Finding {
  return {
    code: "unsafe-path",
    severity: "error",
    ...(file === "" ? {} : { file }),
    message: `${link} is a symbolic link`,
    expected: "folders and files: a link could lead out of the output folder",
    hint: "remove the link, or render to another folder with --out",
  };
}

function ownershipFinding(file: string, text: string): Finding | undefined {
  switch (inspectSignature(text)) {
    case "intact":
      return undefined;
    case "edited":
      return {
        code: "edited-by-hand",
        severity: "error",
        file,
        message: "was changed after Plinth wrote it",
        expected: "a change of the model: what is edited here is lost in the next render",
        hint: `say it in platform/, then undo the edit: git checkout -- the file, or run render --force`,
      };
    case "foreign":
      return {
        code: "foreign-file",
        severity: "error",
        file,
        message: "stands where Plinth would write, and Plinth did not write it",
        hint: "move it out of the output folder",
      };
  }
}

function foreignFinding(file: string): Finding {
  return {
    code: "foreign-file",
    severity: "warning",
    file,
    message: "lies in the output folder, and Plinth did not write it",
    hint: "Argo CD may apply it without anybody having described it: move it elsewhere",
  };
}
