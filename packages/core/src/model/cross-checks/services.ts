import { at, type CrossCheck, entryPath } from "./cross-check.ts";

/** Tier and lifecycle say the same of how much may depend on a service. */
export const tiersFitLifecycles: CrossCheck = (context) => {
  for (const service of context.platform.services) {
    if (service.lifecycle !== "experimental" || (service.tier !== "critical" && service.tier !== "high")) continue;
    context.report({
      code: "conflicting-fields",
      ...at(service),
      path: `${entryPath("services", service.name)}.tier`,
      message: `an experimental service is ${service.tier}`,
      expected: "medium or low while it is experimental",
      example: 'tier: "medium"',
      hint: 'say lifecycle: "production" when others depend on it',
    });
  }
};

/** A public service names one of its own ports, and one that speaks HTTP or gRPC. */
export const publicPortsExist: CrossCheck = (context) => {
  for (const service of context.platform.services) {
    if (service.publicPort === undefined) continue;
    const port = service.ports[service.publicPort];
    if (port?.protocol === "http" || port?.protocol === "grpc") continue;
    const offered = Object.keys(service.ports).filter(
      (name) => service.ports[name]?.protocol === "http" || service.ports[name]?.protocol === "grpc",
    );
    context.report({
      code: "unknown-reference",
      ...at(service),
      path: `${entryPath("services", service.name)}.publicPort`,
      message:
        port === undefined
          ? `there is no port ${JSON.stringify(service.publicPort)}`
          : `the gateway cannot reach a ${port.protocol} port`,
      expected: offered.length === 0 ? "a port that speaks http or grpc" : `one of ${offered.join(", ")}`,
      ...(offered[0] === undefined ? {} : { example: `publicPort: ${JSON.stringify(offered[0])}` }),
    });
  }
};

/** Two ports of one pod do not share a number. */
export const portNumbersAreUnique: CrossCheck = (context) => {
  for (const service of context.platform.services) {
    const names = new Map<number, string>();
    for (const [name, { port }] of Object.entries(service.ports)) {
      const first = names.get(port);
      if (first !== undefined) {
        context.report({
          code: "duplicate-name",
          ...at(service),
          path: `${entryPath("services", service.name)}.ports.${name}.port`,
          message: `${port} is the port ${first} too`,
          expected: "a number of its own",
        });
      }
      names.set(port, name);
    }
  }
};

/** Promises of one service are told apart by name, and are about requests that reach it. */
export const promisesAreDistinct: CrossCheck = (context) => {
  for (const service of context.platform.services) {
    const names = new Set<string>();
    service.promises?.forEach((promise, index) => {
      if (names.has(promise.name)) {
        context.report({
          code: "duplicate-name",
          ...at(service),
          path: `${entryPath("services", service.name)}.promises[${index}].name`,
          message: `two promises are named ${JSON.stringify(promise.name)}`,
          expected: "a name of its own for each promise",
          example: `name: ${JSON.stringify(`${promise.name}-2`)}`,
        });
      }
      names.add(promise.name);
    });
  }
};
