import { z } from "zod";
import type { SourceLocation } from "../finding.ts";
import type { DnsLabel } from "../names/names.ts";
import { dnsLabelField, lineField } from "./field.ts";

/** An interface that a service offers on one of its ports, as a catalog names it. */
export interface Api {
  readonly name: DnsLabel;
  readonly service: DnsLabel;
  /** Name of the service's port. */
  readonly port: string;
  readonly kind: ApiKind;
  /** Where its definition lies: a path or a URL. */
  readonly definition?: string;
  readonly source?: SourceLocation;
}

export type ApiKind = "openapi" | "grpc" | "graphql" | "asyncapi";

export interface ApiInput {
  /** A DNS label: `checkout-api`. */
  name: string;
  /** The service that offers it. */
  service: string;
  /** Name of the service's port. */
  port: string;
  kind: ApiKind;
  /** Where its definition lies: a path or a URL. */
  definition?: string;
}

export const apiSchema: z.ZodType<Api, ApiInput> = z.strictObject({
  name: dnsLabelField,
  service: dnsLabelField,
  port: lineField,
  kind: z.enum(["openapi", "grpc", "graphql", "asyncapi"]),
  definition: lineField.optional(),
});
