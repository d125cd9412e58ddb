import { type Finding, type Platform, runsIn } from "@plinth/core";
import { externalRoute } from "./external-route.ts";

/** External hosts without addresses, in environments where nothing else leads to them. */
export function unreachableHosts(platform: Platform): readonly Finding[] {
  return platform.services.flatMap((service) =>
    service.external.flatMap((host, index): Finding[] => {
      const without = platform.environments.filter(
        (environment) => runsIn(service, environment) && externalRoute(platform, environment, host).by === "nothing",
      );
      const [environment] = without;
      if (environment === undefined) return [];
      const gateways = platform.components.filter(({ roles }) => roles.includes("egress-gateway"));
      const why =
        gateways.length === 0
          ? "there is no egress gateway"
          : `the egress gateway ${gateways.map(({ name }) => name).join(", ")} works only in a mesh`;
      return [
        {
          code: "impossible-connection",
          severity: "error",
          ...(service.source === undefined ? {} : { source: service.source }),
          path: `services[${service.name}].external[${index}]`,
          message: `${service.name} cannot reach ${host.host}:${host.port} in ${without.map(({ name }) => name).join(", ")}: no address is said, and ${why}`,
          expected: `the blocks of ${host.host}, or a way to it by name`,
          example: `{ host: "${host.host}", port: ${host.port}, cidrs: ["203.0.113.0/24"] }`,
          hint: `say cidrs: "any-public" when its addresses change; or give the platform a component with roles: ["egress-gateway"], and ${environment.name} a mesh: "istio-sidecar"`,
        },
      ];
    }),
  );
}
