import {
  type ApplicationComponent,
  type Environment,
  type Platform,
  placementIn,
  type Resource,
  servicesIn,
} from "@plinth/core";
import { chartComponent } from "@plinth/core/cdk8s";
import { dataStoreWorkload } from "./data-store-workload.ts";
import { serviceWorkload } from "./service-workload.ts";

/** The workloads of the Astronomy Shop as its teams would write them, with cdk8s-plus: every service, and data stores that run in the cluster. */
export const astronomyShop: ApplicationComponent = chartComponent({
  name: "astronomy-shop",
  layer: "application",
  perService: serviceWorkload,
  perTeam: (chart, platform, environment, team) => {
    for (const store of platform.dataStores)
      if (store.team === team.name && placementIn(store, environment).kind === "in-cluster")
        dataStoreWorkload(chart, platform, store);
  },
});

/** Everything that the teams of the shop deploy to an environment. */
export function shopWorkloads(platform: Platform, environment: Environment): readonly Resource[] {
  return [
    ...platform.teams.flatMap((team) => astronomyShop.perTeam?.(platform, environment, team) ?? []),
    ...servicesIn(platform, environment).flatMap(
      (service) => astronomyShop.perService?.(platform, environment, service) ?? [],
    ),
  ];
}
