import { written } from "../configuration/component.ts";
import type { SecretReference } from "../configuration/expansion.ts";
import type { ClientAuthenticator, ServerAuthenticator } from "./authenticator.ts";

export interface BasicAuthOptions {
  /** Who the collector is; or `{ file }` that says it. */
  readonly username: string | { readonly file: string };
  /** The password: a reference, or `{ file }` that holds it. A file is read again when it changes. */
  readonly password: SecretReference | { readonly file: string };
  /** Tells two extensions apart. */
  readonly name?: string;
}

/**
 * Proves to a back end who the collector is, by name and password. It is switched on by what refers to it.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/extension/basicauthextension
 * @example
 * const grafana = basicAuth({ username: "12345", password: "${env:GRAFANA_TOKEN}" });
 * otlpHttp({ endpoint: "https://otlp-gateway.example.com/otlp", auth: grafana });
 */
export function basicAuth({ username, password, name }: BasicAuthOptions): ClientAuthenticator {
  return {
    kind: "extension",
    type: "basicauth",
    ...(name === undefined ? {} : { name }),
    options: {
      client_auth: written({
        ...(typeof username === "string" ? { username } : { username_file: username.file }),
        ...(typeof password === "string" ? { password } : { password_file: password.file }),
      }),
    },
    provesIdentity: true,
  };
}

export interface BasicAuthServerOptions {
  /** File of names and hashed passwords, as `htpasswd` writes it. */
  readonly htpasswdFile: string;
  /** Tells two extensions apart. */
  readonly name?: string;
}

/**
 * Asks senders for name and password. It is switched on by what refers to it.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/extension/basicauthextension
 * @example
 * zipkin({ auth: basicAuthServer({ htpasswdFile: "/etc/otelcol/htpasswd" }) });
 */
export function basicAuthServer({ htpasswdFile, name }: BasicAuthServerOptions): ServerAuthenticator {
  return {
    kind: "extension",
    type: "basicauth",
    ...(name === undefined ? {} : { name }),
    options: { htpasswd: { file: htpasswdFile } },
    asksIdentity: true,
  };
}
