import type { SourceLocation } from "../../finding.ts";
import { queueEngines } from "../data-store.ts";
import { at, type CrossCheck, type CrossCheckContext, entryPath, reportUnknown } from "./cross-check.ts";

/** Each service and data store belongs to a team that exists. */
export const ownersExist: CrossCheck = (context) => {
  for (const list of ["services", "dataStores"] as const) {
    for (const entry of context.platform[list]) {
      if (!context.names.teams.has(entry.team))
        reportUnknown(context, "teams", entry.team, { ...at(entry), path: `${entryPath(list, entry.name)}.team` });
    }
  }
};

/** What names single environments names environments that exist. */
export const environmentsExist: CrossCheck = (context) => {
  const known = (names: Iterable<string>, where: { source?: SourceLocation; path: string }): void => {
    for (const [index, name] of [...names].entries())
      if (!context.names.environments.has(name))
        reportUnknown(context, "environments", name, { ...where, path: `${where.path}[${index}]` });
  };
  for (const service of context.platform.services) {
    const path = entryPath("services", service.name);
    known(service.environments ?? [], { ...at(service), path: `${path}.environments` });
  }
  for (const team of context.platform.teams) {
    const path = `${entryPath("teams", team.name)}.tenancy`;
    known(team.tenancy.cordon?.environments ?? [], { ...at(team), path: `${path}.cordon.environments` });
    team.tenancy.bindings.forEach(({ environments = [] }, index) => {
      known(environments, { ...at(team), path: `${path}.bindings[${index}].environments` });
    });
  }
};

/** A break-glass permission holds in an environment that exists, and for a team that does. */
export const breakGlassResolves: CrossCheck = (context) => {
  for (const entry of context.platform.breakGlass) {
    const path = entryPath("breakGlass", entry.name);
    if (!context.names.environments.has(entry.environment))
      reportUnknown(context, "environments", entry.environment, { ...at(entry), path: `${path}.environment` });
    if (entry.team !== undefined && !context.names.teams.has(entry.team))
      reportUnknown(context, "teams", entry.team, { ...at(entry), path: `${path}.team` });
  }
};

/** Each connection of a platform component names a component that exists, and a port that it offers. */
export const componentConnectionsResolve: CrossCheck = (context) => {
  const components = new Map(context.platform.components.map((component) => [String(component.name), component]));
  for (const component of context.platform.components) {
    component.connects.forEach((connection, index) => {
      if (!("component" in connection)) return;
      const where = { ...at(component), path: `${entryPath("components", component.name)}.connects[${index}]` };
      const target = components.get(connection.component);
      if (target === undefined) {
        if (!context.names.components.has(connection.component))
          reportUnknown(context, "components", connection.component, where);
        return;
      }
      if (target.ports[connection.port] !== undefined) return;
      const offered = Object.keys(target.ports);
      context.report({
        ...where,
        code: "unknown-reference",
        message: `${target.name} offers no port ${JSON.stringify(connection.port)}`,
        expected:
          offered.length === 0
            ? `a component with a port`
            : `one of ${offered.map((port) => `${target.name}/${port}`).join(", ")}`,
        ...(offered[0] === undefined ? {} : { example: JSON.stringify(`${target.name}/${offered[0]}`) }),
      });
    });
  }
};

/** What is said for each environment is said for every one, and for no other. */
export const perEnvironmentFieldsAreComplete: CrossCheck = (context) => {
  const complete = (
    keys: Iterable<string>,
    where: { source?: SourceLocation; path: string },
    what: string,
    example: string,
    wanted: Iterable<string> = context.names.environments,
  ): void => {
    const given = new Set(keys);
    for (const name of given)
      if (!context.names.environments.has(name))
        reportUnknown(context, "environments", name, { ...where, path: `${where.path}.${name}` });
    for (const name of wanted) {
      if (given.has(name)) continue;
      context.report({
        code: "invalid-field",
        ...where,
        path: `${where.path}.${name}`,
        message: "is missing",
        expected: `${what} for each environment`,
        example: `${name}: ${example}`,
      });
    }
  };
  for (const team of context.platform.teams) {
    complete(
      team.quotas.keys(),
      { ...at(team), path: `${entryPath("teams", team.name)}.quotas` },
      "a quota",
      '{ cpu: "20", memory: "40Gi", storage: "500Gi", pods: 100, services: 50, loadBalancers: 2, persistentVolumeClaims: 20 }',
    );
  }
  for (const service of context.platform.services) {
    const entry = entryPath("services", service.name);
    const replicas = service.needs?.replicas;
    if (replicas !== undefined && typeof replicas !== "number") {
      const where = { ...at(service), path: `${entry}.needs.replicas` };
      complete(replicas.keys(), where, "a number of pods", "2", service.environments);
    }
    const rate = service.traffic?.requestsPerSecond;
    if (rate !== undefined && typeof rate !== "number") {
      const where = { ...at(service), path: `${entry}.traffic.requestsPerSecond` };
      complete(rate.keys(), where, "requests in a second", "20", service.environments);
    }
  }
  for (const store of context.platform.dataStores) {
    complete(
      store.placements.keys(),
      { ...at(store), path: `${entryPath("dataStores", store.name)}.placements` },
      "a placement",
      '"in-cluster"',
    );
  }
};

/** Each call names a service that exists, a port that it offers, and an environment that both run in. */
export const callsResolve: CrossCheck = (context) => {
  const { environments, services } = context.platform;
  const byName = new Map(services.map((service) => [String(service.name), service]));
  for (const service of services) {
    service.calls.forEach((call, index) => {
      const where = { ...at(service), path: `${entryPath("services", service.name)}.calls[${index}]` };
      if (call.service === service.name) {
        context.report({
          ...where,
          code: "conflicting-fields",
          message: "the service calls itself",
          expected: "another service",
        });
        return;
      }
      const target = byName.get(call.service);
      if (target === undefined) {
        if (!context.names.services.has(call.service)) reportUnknown(context, "services", call.service, where);
        return;
      }
      const offered = Object.keys(target.ports).filter((port) => target.ports[port]?.protocol !== "prometheus");
      const [first] = offered;
      if (first === undefined) {
        context.report({
          ...where,
          code: "unknown-reference",
          message: `${target.name} offers no port that can be called`,
          expected: "a service with a port",
          hint: `give ${target.name} a port, or remove the call`,
        });
      } else if (call.port === undefined ? offered.length > 1 : !offered.includes(call.port)) {
        context.report({
          ...where,
          code: "unknown-reference",
          message:
            call.port === undefined
              ? `${target.name} offers several ports; the call does not say which`
              : `${target.name} offers no port ${JSON.stringify(call.port)}`,
          expected: `one of ${offered.map((port) => `${target.name}/${port}`).join(", ")}`,
          example: JSON.stringify(`${target.name}/${first}`),
        });
      }
      const runsIn = (names: readonly string[] | undefined, environment: string): boolean =>
        names === undefined || names.includes(environment);
      for (const { name } of environments) {
        if (!runsIn(service.environments, name) || runsIn(target.environments, name)) continue;
        context.report({
          ...where,
          code: "conflicting-fields",
          message: `${service.name} runs in ${name}, and ${target.name} does not`,
          expected: `a target that runs wherever ${service.name} does`,
        });
      }
    });
  }
};

/** Stores, topics and queues that services name exist, and topics are asked of queues. */
export const storesResolve: CrossCheck = (context) => {
  const stores = new Map(context.platform.dataStores.map((store) => [String(store.name), store]));
  for (const service of context.platform.services) {
    const entry = entryPath("services", service.name);
    service.stores.forEach((name, index) => {
      if (!context.names.dataStores.has(name))
        reportUnknown(context, "dataStores", name, { ...at(service), path: `${entry}.stores[${index}]` });
    });
    for (const field of ["produces", "consumes"] as const) {
      for (const [index, reference] of service[field].entries()) {
        reportTopic(context, stores, reference, { ...at(service), path: `${entry}.${field}[${index}]` });
      }
    }
  }
};

function reportTopic(
  context: CrossCheckContext,
  stores: ReadonlyMap<string, CrossCheckContext["platform"]["dataStores"][number]>,
  { store: name, topic }: { store: string; topic: string },
  where: { source?: SourceLocation; path: string },
): void {
  const store = stores.get(name);
  if (store === undefined) {
    if (!context.names.dataStores.has(name)) reportUnknown(context, "dataStores", name, where);
  } else if (!queueEngines.has(store.engine)) {
    context.report({
      ...where,
      code: "conflicting-fields",
      message: `${name} is a ${store.engine}, which has no topics`,
      expected: "a data store that is a queue",
      hint: `name ${name} under stores instead`,
    });
  } else if (!store.topics.some((known) => known === topic)) {
    context.report({
      ...where,
      code: "unknown-reference",
      message: `${name} has no topic ${JSON.stringify(topic)}`,
      expected: `one of ${store.topics.map((known) => `${name}/${known}`).join(", ") || "its topics; it has none yet"}`,
    });
  }
}

/** APIs belong to a service and a port that exist. */
export const apisResolve: CrossCheck = (context) => {
  const services = new Map(context.platform.services.map((service) => [String(service.name), service]));
  for (const api of context.platform.apis) {
    const path = entryPath("apis", api.name);
    const service = services.get(api.service);
    if (service === undefined) {
      if (!context.names.services.has(api.service))
        reportUnknown(context, "services", api.service, { ...at(api), path: `${path}.service` });
    } else if (service.ports[api.port] === undefined) {
      context.report({
        code: "unknown-reference",
        ...at(api),
        path: `${path}.port`,
        message: `${service.name} offers no port ${JSON.stringify(api.port)}`,
        expected: `one of ${Object.keys(service.ports).join(", ")}`,
      });
    }
  }
};
