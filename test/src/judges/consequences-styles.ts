import { readYamlDocuments } from "@plinth/core";
import { compareTrees, type Tree, treeOfFiles } from "@plinth/gitops-render";
import fc from "fast-check";
import { dump } from "js-yaml";

/** What differs in meaning between a tree and the same objects with their keys in another order, other quotes, other indents and comments. Nothing may. */
export function differencesOfStyle(
  tree: Tree,
  seed: number,
): { readonly files: number; readonly differing: readonly string[] } {
  const random = randomNumbers(seed);
  const paths = tree.files.paths.filter((path) => tree.holdsObjects(path));
  const texts = new Map<string, string>();
  for (const [path, { text }] of tree.files.read(paths)) {
    const { documents = [] } = readYamlDocuments(text ?? "");
    texts.set(path, documents.map((document) => printed(shuffled(document, random), random)).join("---\n"));
  }
  const { changes } = compareTrees(tree, treeOfFiles("another style", texts));
  const differing = changes.filter(({ kind }) => kind !== "generated-only");
  return { files: texts.size, differing: differing.map(({ after, before }) => (after ?? before)?.path ?? "") };
}

/** From 0 to 1, the same for the same seed. */
function randomNumbers(seed: number): () => number {
  const numbers = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed, numRuns: 997 });
  let place = 0;
  return () => numbers[place++ % numbers.length] ?? 0;
}

function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((member: unknown) => shuffled(member, random));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => ({
    key,
    member: shuffled(member, random),
    at: random(),
  }));
  return Object.fromEntries(entries.sort((a, b) => a.at - b.at).map(({ key, member }) => [key, member]));
}

function printed(document: unknown, random: () => number): string {
  const comment = "# another comment\n";
  if (random() < 0.2) return `${comment}${JSON.stringify(document)}\n`;
  const options = {
    indent: random() < 0.5 ? 4 : 2,
    flowLevel: random() < 0.3 ? 3 : -1,
    forceQuotes: random() < 0.5,
    lineWidth: 60,
  };
  return `${comment}${dump(document, { ...options, noRefs: true })}`;
}
