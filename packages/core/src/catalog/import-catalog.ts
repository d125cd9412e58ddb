import { CORE_SCHEMA, loadAll, YAMLException } from "js-yaml";
import type { Finding, SourceLocation } from "../finding.ts";
import type { ServiceInput } from "../model/service.ts";
import { declareSource } from "../model/source.ts";
import { backstageService } from "./backstage.ts";
import { portServices } from "./port.ts";

/** Services that a catalog file describes, and what could not be taken from it. */
export interface ImportedCatalog {
  readonly services: readonly ServiceInput[];
  readonly findings: readonly Finding[];
}

const MAX_DEPTH = 32;

/**
 * Reads the text of a catalog file: documents of Backstage (`catalog-info.yaml`) and of Port (`port.yml`). What a catalog does not say, such as ports
 * and tier, comes from annotations or properties; what is missing is found when the platform is built, with this file as the place.
 *
 * @see https://backstage.io/docs/features/software-catalog/descriptor-format
 * @see https://docs.port.io/build-your-software-catalog/
 */
export function importCatalog(text: string, source: SourceLocation): ImportedCatalog {
  const findings: Finding[] = [];
  const refuse = (message: string, more: Partial<Finding> = {}): void => {
    findings.push({
      code: "catalog-not-readable",
      severity: "error",
      source,
      message,
      expected: "documents of Backstage (kind: Component) or of Port (identifier, blueprint: service)",
      example: "kind: Component",
      ...more,
    });
  };
  let documents: unknown[];
  try {
    // No aliases: a catalog has no use for them, and ten lines of them can mean gigabytes.
    documents = loadAll(text, { schema: CORE_SCHEMA, maxAliases: 0, maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    refuse(
      `is not YAML that can be read: ${error.reason}`,
      error.mark === undefined
        ? {}
        : { source: { ...source, line: error.mark.line + 1, column: error.mark.column + 1 } },
    );
    return { services: [], findings };
  }
  const services: ServiceInput[] = [];
  for (const document of documents) {
    if (document === null || document === undefined) continue;
    const found = backstageService(document) ?? portServices(document);
    if (found === undefined) refuse("has a document that is neither Backstage's nor Port's");
    else services.push(...found.map((service) => declareSource(service, source)));
  }
  return { services, findings };
}
