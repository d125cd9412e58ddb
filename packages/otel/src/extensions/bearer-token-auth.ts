import { written } from "../configuration/component.ts";
import type { SecretReference } from "../configuration/expansion.ts";
import type { ClientAuthenticator, ServerAuthenticator } from "./authenticator.ts";

export interface BearerTokenAuthOptions {
  /** The token: a reference, or `{ file }` that holds it. A file is read again when it changes. */
  readonly token: SecretReference | { readonly file: string };
  /** What stands before the token; "" for nothing. @default "Bearer" */
  readonly scheme?: string;
  /** The header. @default "Authorization" */
  readonly header?: string;
  /** Tells two extensions apart. */
  readonly name?: string;
}

/**
 * Proves by a token who the collector is, or asks senders for it. It is switched on by what refers to it.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/extension/bearertokenauthextension
 * @example
 * const token = bearerTokenAuth({ token: { file: "/var/run/secrets/telemetry/token" } });
 * otlpGrpc({ endpoint: "telemetry.example.com:443", auth: token });
 */
export function bearerTokenAuth({
  token,
  scheme,
  header,
  name,
}: BearerTokenAuthOptions): ClientAuthenticator & ServerAuthenticator {
  return {
    kind: "extension",
    type: "bearertokenauth",
    ...(name === undefined ? {} : { name }),
    options: written({ scheme, header, ...(typeof token === "string" ? { token } : { filename: token.file }) }),
    provesIdentity: true,
    asksIdentity: true,
  };
}
