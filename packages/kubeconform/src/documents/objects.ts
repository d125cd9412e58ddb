import type { Finding } from "@plinth/core";
import type { Document } from "./document.ts";
import { identify, isList } from "./identity.ts";

/** The documents of objects in memory. An object that cannot be written as JSON is a finding. */
export async function* objectDocuments(objects: Iterable<object> | AsyncIterable<object>): AsyncGenerator<Document> {
  for await (const object of objects) {
    // The items of a List are named one by one, by the judge.
    const resource = isList(object) ? undefined : identify(object);
    const about = resource === undefined ? {} : { resource };
    try {
      yield { content: Buffer.from(yamlSafeJson(object)), line: 1, ...about, findings: [] };
    } catch (error) {
      yield { content: undefined, line: 1, ...about, findings: [notJson(resource, error)] };
    }
  }
}

/**
 * JSON that Go's YAML reader reads back as it was: it refuses U+007F and the C1 controls, takes U+0085, U+2028 and U+2029 for
 * line breaks, and drops a byte order mark.
 */
export function yamlSafeJson(value: object): string {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) throw new TypeError("it is no value of JSON");
  return json.replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function notJson(resource: string | undefined, error: unknown): Finding {
  return {
    code: "invalid-resource",
    severity: "error",
    ...(resource === undefined ? {} : { resource }),
    message: `the object cannot be written as JSON: ${error instanceof Error ? error.message : String(error)}`,
    expected: "plain data without cycles",
  };
}
