import type { Service } from "../service.ts";
import { at, type CrossCheck, entryPath } from "./cross-check.ts";

/**
 * Services that call each other in a circle start only together and fall together. It works, so it is a warning: the finding names the circle at its
 * first service by name, and the call that closes it.
 */
export const callsHaveNoCycle: CrossCheck = (context) => {
  const services = new Map(context.platform.services.map((service) => [String(service.name), service]));
  const finished = new Set<string>();
  const reported = new Set<string>();
  const follow = (service: Service, path: readonly string[]): void => {
    const from = path.indexOf(service.name);
    if (from !== -1) {
      const cycle = path.slice(from);
      const key = [...cycle].sort().join();
      // A call to itself is an error of its own.
      if (cycle.length > 1 && !reported.has(key)) report(cycle);
      reported.add(key);
      return;
    }
    if (finished.has(service.name)) return;
    for (const call of service.calls) {
      const target = services.get(call.service);
      if (target !== undefined) follow(target, [...path, service.name]);
    }
    finished.add(service.name);
  };
  const report = (cycle: readonly string[]): void => {
    const first = [...cycle].sort()[0] ?? "";
    const start = cycle.indexOf(first);
    const turned = [...cycle.slice(start), ...cycle.slice(0, start)];
    const last = services.get(turned.at(-1) ?? "");
    if (last === undefined) return;
    const index = last.calls.findIndex(({ service }) => service === first);
    context.report({
      code: "conflicting-fields",
      severity: "warning",
      ...at(last),
      path: `${entryPath("services", last.name)}.calls[${index}]`,
      message: `${[...turned, first].join(" calls ")}: a circle`,
      expected: "calls that go one way",
      hint: `let ${last.name} and ${first} talk through a queue, or move what both need to a third service`,
    });
  };
  for (const service of services.values()) follow(service, []);
};
