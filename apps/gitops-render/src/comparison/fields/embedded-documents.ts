import { isRecord, readYamlDocuments } from "@plinth/core";
import { below, type Place, type PlaceRule, rootPlace, rulesByPlace } from "./place.ts";

/** A text that is itself a document, and the kind by which rules about its fields are looked up. */
export interface EmbeddedDocument {
  readonly value: unknown;
  readonly place: Place;
}

interface EmbeddedRule extends PlaceRule {
  /** How rules call the document. */
  readonly document: string;
}

// What a document is cannot always be seen in it: the field says so.
const knownDocuments: readonly EmbeddedRule[] = [
  { at: "spec.json", in: ["GrafanaDashboard"], document: "dashboard" },
  // The keys of a ConfigMap or a Secret are file names, looked up here without `.yaml`.
  { at: "data.alertmanager", document: "alertmanager" },
  { at: "stringData.alertmanager", document: "alertmanager" },
];

const documentAt = rulesByPlace(knownDocuments);

// Deeper nesting is no document that a person or a tool writes, and would exhaust the stack.
const maxDepth = 64;
// Larger whole numbers are not kept apart by JavaScript: two texts that differ in one would read as the same.
const hugeNumber = /\d{16}/;

/**
 * The document that a text is: JSON wherever it stands, YAML in a field whose name ends in `.yaml` or `.yml`. Nothing for a text that is no map or list.
 */
export function embeddedAt(place: Place, text: string): EmbeddedDocument | undefined {
  const first = text.trimStart()[0];
  const isYaml = /\.ya?ml$/.test(place.token ?? "");
  if (first !== "{" && first !== "[" && !isYaml) return undefined;
  if (hugeNumber.test(text)) return undefined;
  const value =
    first === "{" || first === "[" ? (readJson(text) ?? (isYaml ? readYaml(text) : undefined)) : readYaml(text);
  if (!isRecord(value) && !Array.isArray(value)) return undefined;
  return { value, place: rootPlace(documentNameAt(place, value)) };
}

function documentNameAt(place: Place, value: unknown): string {
  const { token = "" } = place;
  const stem = token.replace(/\.ya?ml$/, "");
  const known = documentAt(place.above === undefined ? place : below(place.above, stem));
  if (known !== undefined) return known.document;
  return isRecord(value) && typeof value["kind"] === "string" ? value["kind"] : stem;
}

function readJson(text: string): unknown {
  if (isDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readYaml(text: string): unknown {
  const { documents } = readYamlDocuments(text);
  return documents?.length === 1 ? documents[0] : undefined;
}

/** Counts brackets, those inside texts too: a document with so many of them is not worth the risk. */
function isDeep(text: string): boolean {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (inText) {
      if (character === 92) at++;
      else if (character === 34) inText = false;
    } else if (character === 34) inText = true;
    else if (character === 123 || character === 91) deepest = Math.max(deepest, ++depth);
    else if (character === 125 || character === 93) depth--;
  }
  return deepest > maxDepth;
}
