import type { Finding } from "@plinth/core";
import type { ConsequenceDomain, ConsequenceRisk } from "../consequences/rules/consequence-rule.ts";

/**
 * What two trees differ in, as plain data: the one value from which every format is made, and, as it is, the JSON format. Texts are safe to show: without
 * secrets and without control characters.
 *
 * Within one version fields are added, and none is renamed or removed; the schema of a release knows those of that release.
 */
export interface DiffReport {
  readonly version: 1;
  /** What the two sides are called: `origin/main`, `rendered`, `the model`. */
  readonly before: string;
  readonly after: string;
  readonly environments: readonly ReportedEnvironment[];
  readonly summary: ReportSummary;
  /** The worst first; what is the same in several environments and of several services is one. */
  readonly consequences: readonly ReportedConsequence[];
  /** Every object that differs in more than generated labels, those that are alike together. */
  readonly objects: readonly ReportedObjects[];
  /** Files whose objects say the same in other bytes: labels and annotations that Plinth stamps on everything, comments, the order of keys. */
  readonly generatedOnly: readonly string[];
  /** Files without objects that differ: pages, kustomizations. */
  readonly documents: readonly ReportedDocument[];
  /** Environments that have another name now; what they hold is compared. */
  readonly renamed: readonly { readonly before: string; readonly after: string }[];
  /** What filters left out of this report. */
  readonly hidden: HiddenByFilters;
  /** What was wrong with one of the sides. */
  readonly findings: readonly Finding[];
}

export interface ReportedEnvironment {
  readonly name: string;
  /** A person delivers to it: the risk of a rule is told whole. */
  readonly guarded: boolean;
  /** Where it is on one side alone. */
  readonly change?: "added" | "removed";
}

export interface ReportedDocument {
  /** Below the tree's root. */
  readonly path: string;
  readonly change: "added" | "removed" | "changed";
  readonly linesAdded: number;
  readonly linesRemoved: number;
}

/** How many lines have each risk. */
export type RiskCounts = Readonly<Record<ConsequenceRisk, number>>;

export interface ReportSummary {
  /** The worst risk; `none` where there is no consequence. */
  readonly risk: ConsequenceRisk;
  /** Lines, by risk. */
  readonly lines: RiskCounts;
  /** Consequences in those lines: one for each environment and service. */
  readonly consequences: number;
  readonly domains: readonly { readonly domain: ConsequenceDomain; readonly lines: RiskCounts }[];
  readonly reviewers: readonly { readonly reviewer: string; readonly lines: RiskCounts }[];
  /** Objects, an object of two environments twice. */
  readonly objects: {
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
    readonly moved: number;
    /** Those among the first four of which no rule speaks. */
    readonly unspoken: number;
  };
}

export interface ReportedConsequence {
  /** Equal in every run in which the same is said. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly domain: ConsequenceDomain;
  /** The worst of its members. */
  readonly risk: ConsequenceRisk;
  readonly environments: readonly string[];
  /** `all environments`, `development and staging`. */
  readonly where: string;
  /** `12 services of 4 teams`, where it is about several. */
  readonly owners?: string;
  readonly teams: readonly string[];
  readonly services: readonly string[];
  /** With ‹service›, ‹team›, ‹environment› where members differ in those names. */
  readonly subject: string;
  readonly text: string;
  readonly details: readonly string[];
  /** Who should look: teams, `platform`, `security`. */
  readonly reviewers: readonly string[];
  /** Files that a person edits, as the objects name them. */
  readonly sources: readonly string[];
  readonly members: readonly ReportedMember[];
}

/** One consequence in one environment. */
export interface ReportedMember {
  readonly environment: string;
  readonly risk: ConsequenceRisk;
  readonly team?: string;
  readonly service?: string;
  readonly subject: string;
  readonly text: string;
  readonly details: readonly string[];
  /** `NetworkPolicy team-backend/cart-ingress` */
  readonly objects: readonly string[];
  /** Below the tree's root. */
  readonly files: readonly string[];
}

/** Objects of one kind with the same change. */
export interface ReportedObjects {
  readonly change: "added" | "removed" | "changed" | "moved";
  readonly apiVersion: string;
  readonly kind: string;
  readonly component: string;
  readonly environments: readonly string[];
  readonly where: string;
  readonly teams: readonly string[];
  readonly services: readonly string[];
  /** How many objects; an object of two environments twice. */
  readonly count: number;
  /** `team-backend/cart-ingress`, each once. */
  readonly names: readonly string[];
  /** Below the tree's root; of the later side where it has them. */
  readonly files: readonly string[];
  /** Where moved objects stood before. */
  readonly formerFiles?: readonly string[];
  /** What a person edits. */
  readonly sources: readonly string[];
  /** Of changed objects. */
  readonly fields: readonly ReportedField[];
  /** A consequence tells what it means. */
  readonly spokenOf: boolean;
}

export interface ReportedField {
  readonly path: string;
  /** Left out where the field was not there. */
  readonly before?: string;
  /** Left out where the field is not there any more. */
  readonly after?: string;
  /** The same members in another order, where order has a meaning. */
  readonly order?: true;
}

export interface HiddenByFilters {
  /** As they were typed: `--team data`. */
  readonly filters: readonly string[];
  /** Consequences, one for each environment and service. */
  readonly consequences: number;
  readonly objects: number;
}
