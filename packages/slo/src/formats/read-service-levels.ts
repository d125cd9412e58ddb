import { type Finding, fieldAt, hasErrors, isRecord, readYamlDocuments, type SourceLocation } from "@plinth/core";
import { withPluginsExpanded } from "../indicator-plugins/with-plugins-expanded.ts";
import { serviceLevelFindings } from "../sloth/specification-findings.ts";
import { openSloKindsBeside, openSloReferences } from "./openslo/references.ts";
import { readOpenSloV1 } from "./openslo/v1.ts";
import { readOpenSloV1Alpha } from "./openslo/v1alpha.ts";
import type { ReadDocument, ServiceLevelDocument, ServiceLevelFormat } from "./service-level-document.ts";
import { readSlothResource, readSlothSpecification } from "./sloth-specification.ts";

/** What a file says about objectives. */
export interface ReadServiceLevels {
  /** One for each document that says something; none while there is an error. */
  readonly documents: readonly ServiceLevelDocument[];
  readonly findings: readonly Finding[];
}

/** A file with objectives is small; one of this many characters is something else. */
const LONGEST_FILE = 5_000_000;

/**
 * The objectives that a file declares: Sloth's own files (`version: prometheus/v1`), its resource (`kind: PrometheusServiceLevel`), and OpenSLO v1 and v1alpha,
 * in one document or in several. What Sloth's validation finds is found here too, with the place in the file, and fields that nobody knows are warnings.
 *
 * @param text The file's text. Plain data in YAML: aliases are refused.
 * @param source Where findings say it stands.
 * @see https://sloth.dev/specs/default/ and https://github.com/OpenSLO/OpenSLO
 * @example
 * const file = `
 * version: prometheus/v1
 * service: checkout
 * slos:
 *   - name: availability
 *     objective: 99.9
 *     sli:
 *       events:
 *         error_query: sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))
 *         total_query: sum(rate(http_requests_total[{{.window}}]))
 *     alerting:
 *       name: CheckoutAvailability
 * `;
 * const { documents, findings } = readServiceLevels(file, { file: "slo.yaml" });
 * documents.flatMap(({ spec }) => slothRuleGroups(spec)).length; // 3
 */
export function readServiceLevels(text: string, source: SourceLocation): ReadServiceLevels {
  const unreadable = (message: string, place: Partial<SourceLocation> = {}): ReadServiceLevels => ({
    documents: [],
    findings: [
      {
        code: "catalog-not-readable",
        severity: "error",
        source: { ...source, ...place },
        message,
        expected: "documents of Sloth (version: prometheus/v1, kind: PrometheusServiceLevel) or of OpenSLO (kind: SLO)",
        example: "version: prometheus/v1",
      },
    ],
  });
  if (text.length > LONGEST_FILE) return unreadable(`has ${text.length} characters`);
  const { documents: inputs, problem } = readYamlDocuments(text);
  if (problem !== undefined) {
    const { reason, ...place } = problem;
    return unreadable(`is not YAML that can be read: ${reason}`, place);
  }
  if (inputs.length === 0) return unreadable("says nothing");
  const entries = inputs.map((input, index) => ({
    input,
    prefix: inputs.length === 1 ? "" : `documents[${index}]`,
  }));
  const { references, findings: referenceFindings } = openSloReferences(
    entries.filter(({ input }) => fieldAt(input, "apiVersion") === "openslo/v1"),
  );
  const read = entries.flatMap(({ input, prefix }) => {
    const format = formatOf(input);
    if (format === "beside") return [];
    if (format === undefined)
      return [
        {
          prefix,
          findings: unreadable(`has a document that is neither Sloth's nor OpenSLO's${named(prefix)}`).findings,
        },
      ];
    const document: ReadDocument =
      format === "sloth"
        ? readSlothSpecification(input, prefix)
        : format === "sloth-resource"
          ? readSlothResource(input, prefix)
          : format === "openslo/v1alpha"
            ? readOpenSloV1Alpha(input, prefix)
            : readOpenSloV1(input, prefix, references);
    return [{ ...document, prefix }];
  });
  const findings = [
    ...referenceFindings,
    ...read.flatMap(({ findings: own, document, prefix }) => [
      ...own,
      ...(document === undefined ? [] : validated(document, prefix)),
    ]),
    ...sharedIds(read),
  ].map((finding): Finding => ({ source, ...finding }));
  if (read.length === 0) findings.push(...unreadable("has no SLO").findings);
  return {
    documents: hasErrors(findings) ? [] : read.flatMap(({ document }) => (document === undefined ? [] : [document])),
    findings,
  };
}

function named(prefix: string): string {
  return prefix === "" ? "" : `: ${prefix}`;
}

function formatOf(input: unknown): ServiceLevelFormat | "beside" | undefined {
  if (!isRecord(input)) return undefined;
  const { version, apiVersion, kind } = input;
  if (version === "prometheus/v1") return "sloth";
  if (apiVersion === "sloth.slok.dev/v1" && kind === "PrometheusServiceLevel") return "sloth-resource";
  if (apiVersion === "openslo/v1alpha" || apiVersion === "openslo/v1") {
    if (kind === "SLO") return apiVersion;
    return typeof kind === "string" && openSloKindsBeside[apiVersion].has(kind) ? "beside" : undefined;
  }
  return undefined;
}

/** What Sloth would refuse, at the place in the document. */
function validated({ spec, format }: ServiceLevelDocument, prefix: string): readonly Finding[] {
  const expanded = withPluginsExpanded(spec);
  const found = expanded.findings.length > 0 ? expanded.findings : serviceLevelFindings(expanded.spec);
  return found.map((finding) => {
    const path = pathIn(format, finding.path ?? "");
    return { ...finding, path: prefix === "" ? path : `${prefix}.${path}` };
  });
}

// Fields of Sloth's own files, by their names in its resource.
const slothFields: Readonly<Record<string, string>> = {
  errorQuery: "error_query",
  totalQuery: "total_query",
  errorRatioQuery: "error_ratio_query",
  pageAlert: "page_alert",
  ticketAlert: "ticket_alert",
  sloPlugins: "slo_plugins",
};

/** A path of the specification as the document's format has it. */
function pathIn(format: ServiceLevelFormat, path: string): string {
  switch (format) {
    case "sloth-resource":
      return path;
    case "sloth":
      return path
        .replace(/^spec\./, "")
        .split(".")
        .map((field) => slothFields[field] ?? field)
        .join(".");
    case "openslo/v1alpha":
    case "openslo/v1":
      return path.replace(/^spec\.slos/, "spec.objectives");
  }
}

/** Sloth refuses two SLOs of one id, and so would Prometheus: their rules record the same series. */
function sharedIds(
  read: readonly { readonly document?: ServiceLevelDocument; readonly prefix: string }[],
): readonly Finding[] {
  const first = new Map<string, string>();
  return read.flatMap(({ document, prefix }) =>
    (document?.spec.slos ?? []).flatMap((slo, index): readonly Finding[] => {
      const id = `${document?.spec.service}-${slo.name}`;
      const path = pathIn(document?.format ?? "sloth", `spec.slos[${index}].name`);
      const place = prefix === "" ? path : `${prefix}.${path}`;
      const other = first.get(id);
      if (other === undefined) first.set(id, place);
      return other === undefined || other.split("slos[")[0] === place.split("slos[")[0]
        ? []
        : [
            {
              code: "duplicate-name",
              severity: "error",
              path: place,
              message: `${JSON.stringify(id)} is the id of ${other} too: service and name, with a hyphen between`,
              expected: "an id of its own for each SLO",
            },
          ];
    }),
  );
}
