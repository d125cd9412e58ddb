/** A key under which secrets or personal data stand: the whole of it, or its last part (`http.request.header.authorization`). */
export interface RedactedKey {
  /** A regular expression, without regard to case. */
  readonly key: string;
  /** What stands there. */
  readonly what: string;
}

/** A text that is masked wherever it stands: in attributes, log bodies, names and messages of spans. */
export interface RedactedValue {
  readonly name: string;
  /** A regular expression of RE2, and of JavaScript with the flag `u`. */
  readonly pattern: string;
  readonly what: string;
  /** Something that it finds. */
  readonly example: string;
}

/**
 * Keys whose values are masked whole.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/http/ headers become attributes `http.request.header.<name>`
 * @see https://owasp.org/www-project-top-ten/ A09: what must not be logged
 */
export const redactedKeys: readonly RedactedKey[] = [
  { key: "authorization", what: "credentials of a request" },
  { key: "proxy-authorization", what: "credentials of a request" },
  { key: "cookie", what: "sessions" },
  { key: "set-cookie", what: "sessions" },
  { key: "password", what: "a password" },
  { key: "passwd", what: "a password" },
  { key: "secret", what: "a secret" },
  { key: "client[._-]?secret", what: "the secret of an OAuth client" },
  { key: "api[._-]?key", what: "a key of an API" },
  { key: "token", what: "a token" },
  { key: "private[._-]?key", what: "a private key" },
  { key: "secret[._-]?key", what: "a secret key" },
  { key: "credentials?", what: "credentials" },
  { key: "connection[._-]?string", what: "an address with its password" },
  { key: "email", what: "an address of a person" },
  { key: "user[.]full_name", what: "the name of a person" },
  { key: "phone", what: "the number of a person" },
  { key: "card[._-]?number", what: "the number of a payment card" },
  { key: "cvv|cvc", what: "the check digits of a payment card" },
];

/** Texts that are masked wherever they stand. */
export const redactedValues: readonly RedactedValue[] = [
  {
    name: "private-key",
    what: "a private key in PEM",
    // https://www.rfc-editor.org/rfc/rfc7468
    pattern: String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`,
    example: "-----BEGIN RSA PRIVATE KEY-----\nMIIEow==\n-----END RSA PRIVATE KEY-----",
  },
  {
    name: "json-web-token",
    what: "a JSON web token",
    // https://www.rfc-editor.org/rfc/rfc7519: a header and claims that begin with {" in base64url
    pattern: String.raw`\beyJ[A-Za-z0-9_\-]{5,}\.eyJ[A-Za-z0-9_\-]{5,}\.[A-Za-z0-9_\-]*`,
    example: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
  },
  {
    name: "authorization",
    what: "credentials of a request",
    // https://www.rfc-editor.org/rfc/rfc9110#name-authorization
    pattern: String.raw`\b(?i:bearer|basic) [A-Za-z0-9._~+\/=\-]{8,}`,
    example: "Bearer dGhlIHRva2Vu",
  },
  {
    name: "url-password",
    what: "the user and the password in a URL",
    // https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1
    pattern: String.raw`:\/\/[^\/\s:@"]*:[^\/\s@"]+@`,
    example: "postgresql://shop:hunter2@orders-db:5432/orders",
  },
  {
    name: "secret-parameter",
    what: "a secret that is assigned: in a query, in JSON, in a line of a log",
    pattern: String.raw`\b(?i:password|passwd|secret|client_secret|access_token|refresh_token|id_token|token|api[_\-]?key|signature)["']?[=:] ?["']?[^\s"'&,;}]{4,}`,
    example: "https://api.example.com/orders?access_token=9f86d081884c7d65",
  },
  {
    name: "aws-access-key",
    what: "the id of an AWS access key",
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
    pattern: String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
    example: "AKIAIOSFODNN7EXAMPLE",
  },
  {
    name: "github-token",
    what: "a token of GitHub",
    // https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
    pattern: String.raw`\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})`,
    example: "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
  },
  {
    name: "gitlab-token",
    what: "a token of GitLab",
    // https://docs.gitlab.com/security/tokens/#token-prefixes
    pattern: String.raw`\bglpat-[A-Za-z0-9_\-]{20,}`,
    example: "glpat-ABCDEFGHIJKLMNOPQRST",
  },
  {
    name: "slack-token",
    what: "a token of Slack",
    // https://docs.slack.dev/authentication/tokens
    pattern: String.raw`\bxox[abeprs]-[A-Za-z0-9\-]{10,}`,
    example: "xoxb-0123456789-abcdef",
  },
  {
    name: "card-number",
    what: "the number of a payment card",
    // Ranges of Visa, Mastercard, American Express and Discover: ISO/IEC 7812; in one piece, or in groups of four.
    pattern: String.raw`\b(?:4[0-9]{15}|5[1-5][0-9]{14}|2[2-7][0-9]{14}|3[47][0-9]{13}|6(?:011|5[0-9]{2})[0-9]{12}|[2-6][0-9]{3}(?:[ \-][0-9]{4}){3})\b`,
    example: "4111 1111 1111 1111",
  },
  {
    name: "email",
    what: "an e-mail address",
    pattern: String.raw`\b[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}\b`,
    example: "ada@example.com",
  },
];
