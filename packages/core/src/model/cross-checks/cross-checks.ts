import { alertOverridesResolve, maintenanceResolves } from "./alerting.ts";
import type { CrossCheck } from "./cross-check.ts";
import { callsHaveNoCycle } from "./cycles.ts";
import { dashboardTeamsResolve } from "./dashboards.ts";
import { derivedNamesFit } from "./derived-names.ts";
import { metricsEndpointsResolve } from "./metrics-endpoints.ts";
import { dataStoreBlocksAreOutside, environmentNetworksAreDisjoint, environmentNetworksFit } from "./networks.ts";
import {
  exceptedServicesRun,
  plannedActionsFollow,
  policyEntriesResolve,
  policyOwnersExist,
} from "./policy-entries.ts";
import {
  apisResolve,
  breakGlassResolves,
  callsResolve,
  componentConnectionsResolve,
  environmentsExist,
  ownersExist,
  perEnvironmentFieldsAreComplete,
  storesResolve,
} from "./references.ts";
import { portNumbersAreUnique, promisesAreDistinct, publicPortsExist, tiersFitLifecycles } from "./services.ts";
import { backendsAreDistinct, cloudBackendsHaveRole, scrapeJobsAreDistinct } from "./telemetry.ts";
import {
  breakGlassGroupsAreTheirOwn,
  groupsAreUnique,
  namespacesAreUnique,
  workloadNamesAreUnique,
} from "./uniqueness.ts";

/** Every rule about how the entries of a platform fit together. */
export const crossChecks: readonly CrossCheck[] = [
  ownersExist,
  environmentsExist,
  perEnvironmentFieldsAreComplete,
  callsResolve,
  callsHaveNoCycle,
  storesResolve,
  apisResolve,
  breakGlassResolves,
  policyEntriesResolve,
  policyOwnersExist,
  plannedActionsFollow,
  exceptedServicesRun,
  alertOverridesResolve,
  maintenanceResolves,
  componentConnectionsResolve,
  workloadNamesAreUnique,
  groupsAreUnique,
  breakGlassGroupsAreTheirOwn,
  namespacesAreUnique,
  tiersFitLifecycles,
  publicPortsExist,
  portNumbersAreUnique,
  metricsEndpointsResolve,
  promisesAreDistinct,
  environmentNetworksFit,
  environmentNetworksAreDisjoint,
  dataStoreBlocksAreOutside,
  dashboardTeamsResolve,
  backendsAreDistinct,
  cloudBackendsHaveRole,
  scrapeJobsAreDistinct,
  derivedNamesFit,
];
