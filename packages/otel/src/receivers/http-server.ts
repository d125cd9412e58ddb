import { type Extension, idOf, type Options, usesOf, written } from "../configuration/component.ts";
import type { ServerAuthenticator } from "../extensions/authenticator.ts";

/**
 * How a receiver listens.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/blob/main/config/confighttp/README.md
 */
export interface ServerProtection {
  /** Certificate of the server. @default plain text */
  readonly tls?: ServerTls;
  /** Who may send. @default anybody */
  readonly auth?: ServerAuthenticator;
}

export interface ServerTls {
  /** File of the server's certificate. */
  readonly certFile: string;
  /** File of the key of that certificate. */
  readonly keyFile: string;
  /** File of the authorities that must have signed the client's certificate. @default clients need none */
  readonly clientCaFile?: string;
}

/** `tls` and `auth` of a server. */
export function serverProtection({ tls, auth }: ServerProtection): Options {
  return written({
    tls: tls && written({ cert_file: tls.certFile, key_file: tls.keyFile, client_ca_file: tls.clientCaFile }),
    auth: auth && { authenticator: idOf(auth) },
  });
}

/** The authenticators that servers refer to, once each. */
export function serverUses(...servers: readonly (ServerProtection | undefined)[]): {
  readonly uses?: readonly Extension[];
} {
  return usesOf(...servers.map((server) => server?.auth));
}
