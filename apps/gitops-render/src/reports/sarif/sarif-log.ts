/** The parts of SARIF 2.1.0 that a report uses: a test compares them with the types of the whole. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: "2.1.0";
  readonly runs: SarifRun[];
}

export interface SarifRun {
  readonly tool: { readonly driver: { readonly name: string; readonly rules: SarifRule[] } };
  readonly results: SarifResult[];
  readonly properties: Record<string, unknown>;
}

export type SarifLevel = "error" | "warning" | "note" | "none";

export interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties: { readonly tags: string[]; readonly "security-severity"?: string };
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: SarifLevel;
  readonly message: { readonly text: string };
  readonly locations?: SarifLocation[];
  readonly relatedLocations?: SarifLocation[];
  readonly partialFingerprints: Record<string, string>;
  /** From 100, what matters most, to 0. */
  readonly rank: number;
  readonly properties: Record<string, unknown>;
}

export interface SarifLocation {
  readonly id?: number;
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
    readonly region: { readonly startLine: number };
  };
}
