import type { Finding } from "@plinth/core";
import { isOptions, sectionOfKind } from "../configuration/collector-config.ts";
import type { OptionValue } from "../configuration/component.ts";
import { type CheckedConfig, configuredComponents } from "./checked-config.ts";
import { report } from "./rule.ts";
import { isFilledIn } from "./value-rule.ts";

/** Options that hold a secret: configopaque.String in the components' `config.go`, and what Prometheus calls so. */
const secretOptions: ReadonlySet<string> = new Set([
  "password",
  "token",
  "tokens",
  "client_secret",
  "client_certificate_key",
  "hmac_key",
  "secret_key",
  "bearer_token",
  "credentials",
  "key_pem",
  "inline",
  "owner_auth",
]);

/** Headers whose value lets somebody in. */
const secretHeader = /authorization|cookie|token|secret|password|api[-_]?key|access[-_]?key|signature/i;

/** Options that hold headers by name. */
const headerOptions: ReadonlySet<string> = new Set(["headers", "response_headers"]);

/** A name and a password in a URL, before its host. */
const credentialsInUrl = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@:]*:([^/?#@]+)@/i;

/**
 * No secret stands in the configuration: Git, the cluster and whoever may read a ConfigMap would have it. It is read from the environment or from a file when
 * the collector starts.
 *
 * @see https://opentelemetry.io/docs/security/config-best-practices/
 */
export function checkSecrets(checked: CheckedConfig): Finding[] {
  return configuredComponents(checked).flatMap(({ id, kind, path }) =>
    secretsIn(checked.config[sectionOfKind[kind]]?.[id] ?? null, path),
  );
}

function secretsIn(value: OptionValue, path: string): Finding[] {
  if (Array.isArray(value))
    return value.flatMap((member: OptionValue, index) => secretsIn(member, `${path}[${index}]`));
  if (typeof value === "string") return secretInUrl(value, path);
  if (!isOptions(value)) return [];
  return Object.entries(value).flatMap(([option, member]) => {
    const at = `${path}.${option}`;
    if (headerOptions.has(option)) return secretHeaders(member, at);
    if (secretOptions.has(option)) return textsAt(member, at).flatMap(([text, where]) => inClear(text, where));
    return secretsIn(member, at);
  });
}

function secretInUrl(text: string, path: string): Finding[] {
  const password = credentialsInUrl.exec(text)?.[1];
  return password === undefined ? [] : inClear(password, path);
}

/** Headers stand there by name, or in a list of `{ name, value }` or `{ key, value }`. */
function secretHeaders(headers: OptionValue, path: string): Finding[] {
  if (Array.isArray(headers)) {
    return headers.flatMap((header: OptionValue, index) => {
      if (!isOptions(header)) return [];
      const name = header["name"] ?? header["key"];
      return typeof name === "string" && secretHeader.test(name)
        ? ["value", "default_value"].flatMap((option) => inClear(header[option], `${path}[${index}].${option}`))
        : [];
    });
  }
  if (!isOptions(headers)) return [];
  return Object.entries(headers).flatMap(([name, value]) =>
    secretHeader.test(name) ? inClear(value, `${path}.${name}`) : [],
  );
}

function textsAt(value: OptionValue, path: string): readonly (readonly [OptionValue, string])[] {
  return Array.isArray(value)
    ? value.map((member: OptionValue, index) => [member, `${path}[${index}]`] as const)
    : [[value, path]];
}

function inClear(value: OptionValue | undefined, path: string): Finding[] {
  if (typeof value !== "string" || value === "" || isFilledIn(value)) return [];
  return [
    report("no-clear-secret", path, {
      // What it is stays unsaid: findings are printed and kept, too.
      message: "a secret stands here in clear",
      expected: "a reference to the environment or to a file",
      example: "${env:TELEMETRY_TOKEN}",
      hint: "take the secret out of the configuration and change it: whoever has read the file knows it",
    }),
  ];
}
