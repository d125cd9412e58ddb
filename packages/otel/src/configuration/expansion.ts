/**
 * A value that the configuration refers to instead of saying it: `${env:TOKEN}` is read from the environment, `${file:/var/run/secrets/token}` from a file,
 * when the collector starts. The only way in which a secret may stand in a configuration.
 *
 * @see https://opentelemetry.io/docs/collector/configuration/#environment-variables
 */
export type SecretReference = `\${env:${string}}` | `\${file:${string}}`;

/**
 * A text as the collector shall take it, whatever it holds: `$` begins a variable in a configuration, so it is doubled.
 *
 * @see https://opentelemetry.io/docs/collector/configuration/#environment-variables
 * @example
 * literalText("^\\d+$"); // "^\\d+$$"
 */
export function literalText(text: string): string {
  return text.replaceAll("$", "$$$$");
}

/** True for a text that is wholly a reference, so that nothing of it is said here. */
export function isReference(text: string): text is SecretReference {
  return /^\$\{(env|file):[^{}]+\}$/.test(text);
}
