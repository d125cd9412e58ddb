import { alertRules } from "./alert-rules.ts";
import { capacityRules } from "./capacity-rules.ts";
import type { ConsequenceRule } from "./consequence-rule.ts";
import { dashboardRules } from "./dashboard-rules.ts";
import { dataRules } from "./data-rules.ts";
import { deliveryRules } from "./delivery-rules.ts";
import { networkRules } from "./network-rules.ts";
import { objectiveRules } from "./objective-rules.ts";
import { permissionRules } from "./permission-rules.ts";
import { policyRules } from "./policy-rules.ts";
import { telemetryRules } from "./telemetry-rules.ts";

/** The names of all rules. */
export type ConsequenceRuleName =
  | keyof typeof permissionRules
  | keyof typeof networkRules
  | keyof typeof policyRules
  | keyof typeof alertRules
  | keyof typeof objectiveRules
  | keyof typeof telemetryRules
  | keyof typeof capacityRules
  | keyof typeof dashboardRules
  | keyof typeof dataRules
  | keyof typeof deliveryRules;

/** Every kind of consequence, with its risk and who should look at it. */
export const consequenceRules: Readonly<Record<ConsequenceRuleName, ConsequenceRule>> = {
  ...permissionRules,
  ...networkRules,
  ...policyRules,
  ...alertRules,
  ...objectiveRules,
  ...telemetryRules,
  ...capacityRules,
  ...dashboardRules,
  ...dataRules,
  ...deliveryRules,
};
