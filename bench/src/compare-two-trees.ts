import { compareTrees, type ReadTree, treeOfFolder, treeOfRevision } from "@plinth/gitops-render";

// Compares two trees. Usage: compare-two-trees.ts <folder> <folder>, or <revision> <path in the repository> <folder>
// It prints the seconds that this took, without the start of the process: the package loads every factory.
const parameters = process.argv.slice(2);
const started = performance.now();
const after = parameters.at(-1) ?? "";
const before: ReadTree =
  parameters.length === 3
    ? treeOfRevision(parameters[0] ?? "", parameters[1] ?? "", after)
    : treeOfFolder(parameters[0] ?? "");
const later = treeOfFolder(after);
if (before.tree === undefined || later.tree === undefined)
  throw new Error(JSON.stringify([before.findings, later.findings]));
const { changes } = compareTrees(before.tree, later.tree);
process.stdout.write(JSON.stringify({ seconds: (performance.now() - started) / 1000, changes: changes.length }));
