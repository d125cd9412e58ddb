import type { Component } from "@plinth/core";
import { platformNetwork } from "../platform-network/platform-network.ts";
import { platformTier } from "../platform-network/platform-tier.ts";
import { dataStoreNetwork } from "./data-store-network.ts";
import { networkBaseline } from "./network-baseline.ts";
import { serviceNetwork } from "./service-network.ts";

/** Everything that says who may talk to whom: in the namespaces of teams, and in those of the platform. */
export const networkComponents: readonly Component[] = [
  networkBaseline,
  serviceNetwork,
  dataStoreNetwork,
  platformNetwork,
  platformTier,
];
