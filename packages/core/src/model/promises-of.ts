import { type DnsLabel, isDnsLabel } from "../names/names.ts";
import type { ServicePromise } from "./promise.ts";
import type { Service } from "./service.ts";
import type { Tier } from "./tier.ts";

const named = (name: string): DnsLabel => {
  if (!isDnsLabel(name)) throw new TypeError(`${JSON.stringify(name)} is not a DNS label.`);
  return name;
};

/** What a service promises by its tier, where it says nothing itself. */
export const tierPromises: Readonly<Record<Tier, readonly ServicePromise[]>> = {
  critical: [
    { kind: "availability", name: named("availability"), objective: 99.9, alerts: "page-and-ticket" },
    { kind: "latency", name: named("latency"), objective: 95, below: "200ms", alerts: "page-and-ticket" },
  ],
  high: [{ kind: "availability", name: named("availability"), objective: 99.5, alerts: "ticket" }],
  medium: [{ kind: "availability", name: named("availability"), objective: 99, alerts: "none" }],
  low: [{ kind: "availability", name: named("availability"), objective: 99, alerts: "none" }],
};

/**
 * What a service promises: its own promises, or those of its tier. A consumer promises availability alone unless it says otherwise, because
 * nobody waits for its answer. A service that offers no HTTP or gRPC port and consumes nothing promises nothing by default.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * promisesOf(serviceNamed(examplePlatform(), "checkout")).map(({ name, objective }) => `${name} ${objective} %`); // ["availability 99.9 %", "latency 95 %"]
 */
export function promisesOf(service: Service): readonly ServicePromise[] {
  if (service.promises !== undefined) return service.promises;
  if (answersRequests(service)) return tierPromises[service.tier];
  return service.consumes.length > 0 ? tierPromises[service.tier].filter(({ kind }) => kind === "availability") : [];
}

/** Whether others wait for a service's answers: it offers an HTTP or gRPC port. */
export function answersRequests({ ports }: Pick<Service, "ports">): boolean {
  return Object.values(ports).some(({ protocol }) => protocol === "http" || protocol === "grpc");
}
