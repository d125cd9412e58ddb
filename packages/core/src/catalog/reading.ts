import type { ServiceInput } from "../model/service.ts";

/** A service as a catalog says it: any field may be missing, and any text may be wrong. */
export interface CatalogService {
  readonly name: string | undefined;
  readonly team: string | undefined;
  readonly description: string | undefined;
  readonly tier: string | undefined;
  readonly lifecycle: string | undefined;
  readonly language: string | undefined;
  readonly ports: Readonly<Record<string, unknown>> | undefined;
  readonly calls: readonly string[];
  readonly stores: readonly string[];
  readonly environments: readonly string[] | undefined;
  readonly promises: readonly unknown[] | undefined;
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The strings of a list, or of a single one. */
export function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((entry): entry is string => typeof entry === "string");
}

/** Ports as one annotation says them: `grpc=5050/grpc, metrics=9464/prometheus`. */
export function portsFromText(
  value: string | undefined,
): Record<string, { port: unknown; protocol: unknown }> | undefined {
  if (value === undefined) return undefined;
  return Object.fromEntries(
    value.split(",").map((entry) => {
      const [name = "", rest = ""] = entry.trim().split("=");
      const [port = "", protocol] = rest.split("/");
      return [name, { port: /^\d+$/.test(port) ? Number(port) : port, protocol }];
    }),
  );
}

/**
 * What a catalog says, in the shape of a service's input. Its texts are as unchecked as those of a TypeScript file with wrong types: the service's schema
 * is what judges both, when the platform is built.
 */
export function serviceInput(service: CatalogService): ServiceInput {
  const given: object = Object.fromEntries(Object.entries(service).filter(([, value]) => value !== undefined));
  return asInput(given);
}

function asInput(value: object): ServiceInput;
function asInput(value: object): object {
  return value;
}
