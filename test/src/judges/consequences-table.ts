import { alertCases } from "./consequences-alerts.ts";
import { connectionCases } from "./consequences-connections.ts";
import type { EditCase } from "./consequences-edits.ts";
import { environmentCases } from "./consequences-environments.ts";
import { policyCases } from "./consequences-policies.ts";
import { serviceCases } from "./consequences-services.ts";
import { teamCases } from "./consequences-teams.ts";
import { telemetryCases } from "./consequences-telemetry.ts";
import { pullRequestCases } from "./consequences-together.ts";

/** Edits of the reference platform, and what an expert would say of each. */
export const editCases: readonly EditCase[] = [
  ...serviceCases,
  ...connectionCases,
  ...teamCases,
  ...environmentCases,
  ...policyCases,
  ...telemetryCases,
  ...alertCases,
  ...pullRequestCases,
];
