import { type ApplicationComponent, clientsOf, placementIn, podLabelsOf } from "@plinth/core";
import { portsInMesh } from "./mesh.ts";
import { networkPolicy } from "./network-policy.ts";
import { peersWithRole, podsOf } from "./platform-peers.ts";
import { allow, allowEveryPort, tcp } from "./rule.ts";

/**
 * Who may connect to the data stores that run in the cluster: their clients on the store's port, scrapers on its pages of metrics, and the pods of a store
 * among each other, which replicate and elect on ports that differ from engine to engine. Managed data stores stand outside the cluster, where no NetworkPolicy reaches.
 */
export const dataStoreNetwork: ApplicationComponent = {
  name: "data-store-network",
  layer: "application",
  perTeam: (platform, environment, team) =>
    platform.dataStores
      .filter((dataStore) => dataStore.team === team.name && placementIn(dataStore, environment).kind === "in-cluster")
      .flatMap((dataStore) => {
        const { namespace } = team;
        const pods = { labels: podLabelsOf(dataStore) };
        const replicas = allowEveryPort([podsOf(platform, dataStore)]);
        const clients = clientsOf(platform, dataStore, environment).map((service) => podsOf(platform, service));
        return [
          networkPolicy({
            name: `${dataStore.name}-ingress`,
            namespace,
            pods,
            ingress: [
              ...allow(clients, portsInMesh(environment, [tcp(dataStore.port)])),
              ...allow(
                peersWithRole(platform, environment, "metrics-scraper"),
                dataStore.metrics.map(({ port }) => tcp(port)),
              ),
              ...replicas,
            ],
          }),
          networkPolicy({ name: `${dataStore.name}-egress`, namespace, pods, egress: replicas }),
        ];
      }),
};
