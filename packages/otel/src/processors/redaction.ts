import { type Options, type Processor, written } from "../configuration/component.ts";
import { literalText, type SecretReference } from "../configuration/expansion.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";

export interface RedactionOptions {
  /** Attributes that stay; all others are taken away. `all` takes none away for its key. */
  readonly allowedKeys: "all" | readonly string[];
  /** Keys of attributes whose values are masked whole, as regular expressions. @default none */
  readonly blockedKeyPatterns?: readonly string[];
  /** What is masked inside of values and log bodies, as regular expressions. @default none */
  readonly blockedValues?: readonly string[];
  /** Values that stay though something of them is blocked, as regular expressions. @default none */
  readonly allowedValues?: readonly string[];
  /** Attributes that are not looked at. @default none */
  readonly ignoredKeys?: readonly string[];
  /** Attributes that are not looked at, as regular expressions. @default none */
  readonly ignoredKeyPatterns?: readonly string[];
  /** Look at numbers, lists and maps as texts, too. @default false: only texts are masked */
  readonly allTypes?: boolean;
  /** A hash takes the place of what is masked, so that equal values can still be told. @default "****" */
  readonly hash?: RedactionHash;
  /** Take ids and other parts that vary out of URLs. @default off */
  readonly urls?: UrlSanitizing;
  /** Take values out of statements to databases. @default off */
  readonly statements?: Partial<Readonly<Record<RedactedDatabase, StatementSanitizing>>>;
  /** What the data says about what was done: `debug` names the attributes, `info` counts them. @default "silent" */
  readonly summary?: "debug" | "info" | "silent";
  /** Tells two processors apart. */
  readonly name?: string;
}

/** A hash; one with a key cannot be turned round by trying. The key has at least 32 bytes for SHA-256 and 64 for SHA-512. */
export type RedactionHash =
  | "md5"
  | "sha1"
  | "sha3"
  | { readonly function: "hmac-sha256" | "hmac-sha512"; readonly key: SecretReference };

export type RedactedDatabase = "sql" | "redis" | "valkey" | "memcached" | "mongo" | "opensearch" | "es";

export interface UrlSanitizing {
  /** Attributes that hold URLs: `url.full`. */
  readonly attributes: readonly string[];
  /** Names of spans, too. @default true */
  readonly spanNames?: boolean;
}

export interface StatementSanitizing {
  /** Attributes that hold statements: `db.query.text`. */
  readonly attributes: readonly string[];
}

/**
 * Takes secrets and personal data out of attributes and log bodies. Patterns are regular expressions of Go; a `$` in them is doubled for the collector.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/redactionprocessor
 * @example
 * redaction({ allowedKeys: "all", blockedKeyPatterns: [".*(token|password|secret).*"], blockedValues: ["4[0-9]{12}(?:[0-9]{3})?"] });
 */
export function redaction({
  allowedKeys,
  blockedKeyPatterns,
  blockedValues,
  allowedValues,
  ignoredKeys,
  ignoredKeyPatterns,
  allTypes,
  hash,
  urls,
  statements,
  summary,
  name,
}: RedactionOptions): Processor<Signal> {
  return {
    kind: "processor",
    type: "redaction",
    ...(name === undefined ? {} : { name }),
    options: written({
      ...(allowedKeys === "all" ? { allow_all_keys: true } : { allowed_keys: allowedKeys }),
      blocked_key_patterns: blockedKeyPatterns?.map(literalText),
      blocked_values: blockedValues?.map(literalText),
      allowed_values: allowedValues?.map(literalText),
      ignored_keys: ignoredKeys,
      ignored_key_patterns: ignoredKeyPatterns?.map(literalText),
      redact_all_types: allTypes,
      ...hashOptions(hash),
      url_sanitizer:
        urls && written({ enabled: true, attributes: urls.attributes, sanitize_span_name: urls.spanNames }),
      db_sanitizer: statements && statementOptions(statements),
      summary,
    }),
    carries: everySignal,
  };
}

function hashOptions(hash: RedactionHash | undefined): Options {
  if (hash === undefined) return {};
  if (typeof hash === "string") return { hash_function: hash };
  return { hash_function: hash.function, hmac_key: hash.key };
}

function statementOptions(statements: NonNullable<RedactionOptions["statements"]>): Options {
  return Object.fromEntries(
    Object.entries(statements).map(([database, { attributes }]) => [database, { enabled: true, attributes }]),
  );
}
