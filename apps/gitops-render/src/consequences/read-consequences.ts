import type { Finding } from "@plinth/core";
import type { TreeComparison } from "../comparison/tree-comparison.ts";
import type { Consequence, ConsequenceReader } from "./consequence.ts";
import { toldWithWholes } from "./whole/told-with-wholes.ts";

/** What was read, and what could not be. */
export interface ReadConsequences {
  readonly consequences: readonly Consequence[];
  readonly findings: readonly Finding[];
}

/** What some readers make of two trees. What one of them cannot read does not keep the others from it: a finding says what is missing. */
export function readConsequencesWith(
  readers: Readonly<Record<string, ConsequenceReader>>,
  comparison: TreeComparison,
): ReadConsequences {
  if (comparison.changes.length + comparison.documents.length === 0) return { consequences: [], findings: [] };
  const read = Object.entries(readers).map(([name, reader]) => attempt(name, reader, comparison));
  return {
    consequences: toldWithWholes(
      comparison,
      read.flatMap(({ consequences }) => consequences),
    ),
    findings: read.flatMap(({ findings }) => findings),
  };
}

function attempt(name: string, reader: ConsequenceReader, comparison: TreeComparison): ReadConsequences {
  try {
    return { consequences: reader(comparison), findings: [] };
  } catch (error) {
    const finding: Finding = {
      code: "not-compared",
      severity: "error",
      component: name,
      message: `what this means for ${name} could not be read: ${error instanceof Error ? error.message : String(error)}`,
      hint: "this is a defect of Plinth, or an object that no cluster would accept; its changes are told object by object",
    };
    return { consequences: [], findings: [finding] };
  }
}
