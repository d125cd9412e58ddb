import type { CrossCheck } from "./cross-check.ts";
import { derivedNamesFit } from "./derived-names.ts";
import { dataStoreBlocksAreOutside, environmentNetworksAreDisjoint, environmentNetworksFit } from "./networks.ts";
import {
  apisResolve,
  callsResolve,
  environmentsExist,
  ownersExist,
  perEnvironmentFieldsAreComplete,
  storesResolve,
} from "./references.ts";
import { portNumbersAreUnique, promisesAreDistinct, publicPortsExist, tiersFitLifecycles } from "./services.ts";
import { groupsAreUnique, namespacesAreUnique, workloadNamesAreUnique } from "./uniqueness.ts";

/** Every rule about how the entries of a platform fit together. */
export const crossChecks: readonly CrossCheck[] = [
  ownersExist,
  environmentsExist,
  perEnvironmentFieldsAreComplete,
  callsResolve,
  storesResolve,
  apisResolve,
  workloadNamesAreUnique,
  groupsAreUnique,
  namespacesAreUnique,
  tiersFitLifecycles,
  publicPortsExist,
  portNumbersAreUnique,
  promisesAreDistinct,
  environmentNetworksFit,
  environmentNetworksAreDisjoint,
  dataStoreBlocksAreOutside,
  derivedNamesFit,
];
