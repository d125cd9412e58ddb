import type { Finding, SourceLocation } from "../finding.ts";
import type { ServiceInput } from "../model/service.ts";
import { declareSource } from "../model/source.ts";
import { readYamlDocuments } from "../yaml/read-documents.ts";
import { backstageService } from "./backstage.ts";
import { portServices } from "./port.ts";

/** Services that a catalog file describes, and what could not be taken from it. */
export interface ImportedCatalog {
  readonly services: readonly ServiceInput[];
  readonly findings: readonly Finding[];
}

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
  const { documents, problem } = readYamlDocuments(text);
  if (problem !== undefined) {
    const { reason, ...place } = problem;
    refuse(`is not YAML that can be read: ${reason}`, { source: { ...source, ...place } });
    return { services: [], findings };
  }
  const services: ServiceInput[] = [];
  for (const document of documents) {
    const found = backstageService(document) ?? portServices(document);
    if (found === undefined) refuse("has a document that is neither Backstage's nor Port's");
    else services.push(...found.map((service) => declareSource(service, source)));
  }
  return { services, findings };
}
