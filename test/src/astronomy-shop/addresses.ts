import { dependenciesOf, type Environment, namespaceOf, type Platform, type Service } from "@plinth/core";
import { EnvValue } from "cdk8s-plus-34";

/** Where a service finds what it depends on: `CART_ADDR: cart.team-backend.svc:7070`. A managed store has a name in the environment's private zone. */
export function addressesOf(platform: Platform, environment: Environment, service: Service): Record<string, EnvValue> {
  const addresses = new Map<string, string>();
  const add = (name: string, address: string): unknown =>
    addresses.set(`${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}_ADDR`, address);
  for (const dependency of dependenciesOf(platform, service, environment)) {
    if (dependency.kind === "service") {
      const { service: target, port } = dependency;
      add(target.name, `${target.name}.${namespaceOf(platform, target)}.svc:${port.port}`);
    } else if (dependency.kind === "data-store") {
      const { dataStore, placement } = dependency;
      const host =
        placement.kind === "in-cluster"
          ? `${dataStore.name}.${namespaceOf(platform, dataStore)}.svc`
          : `${dataStore.name}.${environment.name}.${platform.domain}`;
      add(dataStore.name, `${host}:${dataStore.port}`);
    } else
      add(
        dependency.host.host.split(".")[1] ?? dependency.host.host,
        `${dependency.host.host}:${dependency.host.port}`,
      );
  }
  return Object.fromEntries([...addresses].sort().map(([name, address]) => [name, EnvValue.fromValue(address)]));
}
