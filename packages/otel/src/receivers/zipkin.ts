import { type Receiver, written } from "../configuration/component.ts";
import { tracesOnly } from "../configuration/signal.ts";
import { type ServerProtection, serverProtection, serverUses } from "./http-server.ts";

export interface ZipkinOptions extends ServerProtection {
  /** Address and port. The collector's own default is localhost, which no other pod reaches. @default "0.0.0.0:9411" */
  readonly endpoint?: string;
  /** Make numbers and truth values of tags that look like them. @default false */
  readonly parseStringTags?: boolean;
  /** Tells two receivers apart. */
  readonly name?: string;
}

/**
 * Takes spans as Zipkin's libraries send them, in JSON or protobuf over HTTP: for the time of a migration.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/zipkinreceiver
 * @example
 * zipkin();
 */
export function zipkin({
  endpoint = "0.0.0.0:9411",
  parseStringTags,
  name,
  ...protection
}: ZipkinOptions = {}): Receiver<"traces"> {
  return {
    kind: "receiver",
    type: "zipkin",
    ...(name === undefined ? {} : { name }),
    options: written({ endpoint, parse_string_tags: parseStringTags, ...serverProtection(protection) }),
    ...serverUses(protection),
    emits: tracesOnly,
  };
}
