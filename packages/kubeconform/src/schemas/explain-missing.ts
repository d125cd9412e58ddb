import { readFile } from "node:fs/promises";
import type { ExplainMissingSchema } from "../verdicts/verdict.ts";
import { fillTemplate } from "./location.ts";
import { alternatives, type SchemaIndex } from "./schema-set.ts";

/**
 * Why kubeconform says that there is no schema: it says so too of one that does not parse or compile.
 */
export function missingSchemaExplanation(
  locations: readonly string[],
  indexes: readonly SchemaIndex[],
): ExplainMissingSchema {
  return async (apiVersion, kind) => {
    const name = apiVersion === "" ? kind : `${apiVersion}/${kind}`;
    for (const location of locations) {
      const file = fillTemplate(location, apiVersion, kind);
      const text = await readFile(file, "utf8").catch(() => undefined);
      if (text === undefined) continue;
      const reason = parseError(text) ?? "kubeconform cannot compile it";
      return {
        code: "tool-failed",
        message: `the schema ${file} of ${name} cannot be used: ${reason}`,
        hint: "Delete the folder of schemas and derive them again.",
      };
    }
    const { served, isUnserved } = alternatives(indexes, apiVersion, kind);
    return {
      code: "rejected-by-judge",
      message: isUnserved ? `${name} is described, but a cluster does not serve it` : `there is no schema for ${name}`,
      ...(served.length > 0 ? { expected: served.map((each) => `${each}/${kind}`).join(" or ") } : {}),
      hint:
        served.length > 0
          ? "Use a version that the cluster serves."
          : "Derive its schema: add its CustomResourceDefinition to the sources, or correct apiVersion and kind.",
    };
  };
}

function parseError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
