/** How much harm it may do, and how soon. */
export type ConsequenceRisk = "critical" | "high" | "medium" | "low" | "none";

/** Who should look: whoever owns the object, whoever it concerns, the owners of the platform, those who answer for security. */
export type Reviewer = "owner" | "concerned" | "platform" | "security";

/** Which part of the platform a consequence is about. */
export type ConsequenceDomain =
  | "permissions"
  | "network"
  | "policies"
  | "exceptions"
  | "alerts"
  | "objectives"
  | "telemetry"
  | "quota"
  | "cost"
  | "dashboards"
  | "data"
  | "delivery"
  | "other";

/** What is said of every consequence of one kind. */
export interface ConsequenceRule {
  readonly domain: ConsequenceDomain;
  /** What it means, as one line in the documentation. */
  readonly meaning: string;
  /** Where an environment is delivered by hand (production). */
  readonly risk: ConsequenceRisk;
  /** Where an environment delivers itself. @default one step less than `risk`, but not less than low */
  readonly elsewhere?: ConsequenceRisk;
  readonly reviewers: readonly Reviewer[];
  /** The rule that tells of the same change the other way round. Itself where the two are one. */
  readonly mirror: string;
}
