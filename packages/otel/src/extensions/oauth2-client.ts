import { written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import type { SecretReference } from "../configuration/expansion.ts";
import { type ClientTls, tlsOptions } from "../exporters/client-tls.ts";
import type { ClientAuthenticator } from "./authenticator.ts";

export interface OAuth2ClientOptions {
  /** Who the collector is; or `{ file }` that says it. */
  readonly clientId: string | { readonly file: string };
  /** Its secret: a reference, or `{ file }` that holds it. */
  readonly clientSecret: SecretReference | { readonly file: string };
  /** Where tokens are fetched: `https://login.example.com/oauth2/token`. */
  readonly tokenUrl: string;
  /** What the token shall allow. @default none */
  readonly scopes?: readonly string[];
  /** Further parameters of the request. @default none */
  readonly endpointParameters?: Readonly<Record<string, readonly string[]>>;
  /** How long a fetch may take. @default no limit */
  readonly timeout?: Duration;
  /** How long before its end a token is fetched anew. @default "5m" */
  readonly expiryBuffer?: Duration;
  /** How the connection to `tokenUrl` is protected. @default TLS with the system's authorities */
  readonly tls?: ClientTls;
  /** Tells two extensions apart. */
  readonly name?: string;
}

/**
 * Proves who the collector is by tokens that it fetches (client credentials of OAuth 2.0). It is switched on by what refers to it.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/extension/oauth2clientauthextension
 * @example
 * const login = oauth2Client({ clientId: "collector", clientSecret: "${env:CLIENT_SECRET}", tokenUrl: "https://login.example.com/oauth2/token" });
 * otlpHttp({ endpoint: "https://telemetry.example.com/otlp", auth: login });
 */
export function oauth2Client({
  clientId,
  clientSecret,
  tokenUrl,
  scopes,
  endpointParameters,
  timeout,
  expiryBuffer,
  tls,
  name,
}: OAuth2ClientOptions): ClientAuthenticator {
  return {
    kind: "extension",
    type: "oauth2client",
    ...(name === undefined ? {} : { name }),
    options: written({
      ...(typeof clientId === "string" ? { client_id: clientId } : { client_id_file: clientId.file }),
      ...(typeof clientSecret === "string"
        ? { client_secret: clientSecret }
        : { client_secret_file: clientSecret.file }),
      token_url: tokenUrl,
      scopes,
      endpoint_params: endpointParameters,
      timeout,
      expiry_buffer: expiryBuffer,
      tls: tlsOptions(tls),
    }),
    provesIdentity: true,
  };
}
