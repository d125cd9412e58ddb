/** What stands where a secret was. */
export const secretMark = "‹secret›";
/** The same on the later side of a change, so that a reader sees that it changed. */
export const otherSecretMark = "‹another secret›";

/** Kinds whose `data` and `stringData` are secrets, whatever they look like. */
export const secretKinds: ReadonlySet<string> = new Set(["Secret"]);

/** Annotations that repeat the whole object. */
export const copiesOfObject: ReadonlySet<string> = new Set(["kubectl.kubernetes.io/last-applied-configuration"]);

/** Names of fields, keys and variables whose values are secrets. */
export const secretKeys: readonly { readonly key: RegExp; readonly value: "any" | "random" }[] = [
  { key: /(?:password|passwd|passphrase|(?:^|[_.-])(?:pass|pwd))$/i, value: "any" },
  {
    key: /(?:token|secret|credentials?|signature|(?:^|[_.-])(?:sig|auth|dsn|salt|cookie)|authorization|bearer|key)$/i,
    value: "random",
  },
];

interface SecretForm {
  readonly name: string;
  readonly hints: readonly string[];
  readonly form: RegExp;
  readonly kept?: boolean;
}

/** What is a secret by its form, wherever it stands: only a text with one of the hints can hold it. `kept` is the group that is shown. Repetitions have a limit where another match could begin inside them: none takes longer than its text is. */
export const secretForms: readonly SecretForm[] = [
  {
    // Certificates and public keys are public: RFC 7468.
    name: "PEM",
    hints: ["-----BEGIN "],
    form: /-----BEGIN (?!CERTIFICATE|PUBLIC KEY|X509 CRL|TRUSTED CERTIFICATE)[A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g,
  },
  // "-----BEGIN " in base64, but for "CERTIFICATE" and "PUBLIC KEY".
  {
    name: "PEM in base64",
    hints: ["LS0tLS1CRUdJTi"],
    form: /LS0tLS1CRUdJTi(?!BDRVJUSUZJQ0FURS|BQVUJMSUMgS0VZ)[A-Za-z0-9+/=\s]{16,}/g,
  },
  // RFC 3986, section 3.2.1; a port and a path are no password.
  {
    name: "URL with a password",
    hints: ["://"],
    form: /(?<kept>\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@:"'<>]{0,256}:(?!\d{1,5}\/)[^\s"'<>]{0,512}(?=@)/gi,
    kept: true,
  },
  {
    name: "URL with a token",
    hints: ["://"],
    form: /(?<kept>\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@:"'<>]{12,512}(?=@)/gi,
    kept: true,
  },
  // https://github.com/go-sql-driver/mysql#dsn-data-source-name
  {
    name: "DSN",
    hints: ["@tcp(", "@unix("],
    form: /(?<kept>\b[\w.-]{1,64}:)[^\s"'@]{1,256}(?=@(?:tcp|unix)\()/g,
    kept: true,
  },
  // RFC 7519: two parts that begin as `{"` does in base64url.
  { name: "JWT", hints: ["eyJ"], form: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?/g },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  { name: "AWS access key", hints: ["AKIA", "ASIA"], form: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  // https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
  {
    name: "GitHub token",
    hints: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"],
    form: /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/g,
  },
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  { name: "GitLab token", hints: ["gl"], form: /\bgl(?:pat|dt|rt|ptt|cbt|soat|agent)-[\w-]{16,}/g },
  // https://api.slack.com/authentication/token-types and incoming webhooks
  { name: "Slack token", hints: ["xox"], form: /\bxox[abeoprs]-[\w-]{10,}/g },
  {
    name: "Slack webhook",
    hints: ["hooks.slack.com"],
    form: /(?<kept>https:\/\/hooks\.slack\.com\/(?:services|workflows)\/)[\w/-]+/g,
    kept: true,
  },
  { name: "Google key", hints: ["AIza"], form: /\bAIza[\w-]{35}/g },
  { name: "Grafana token", hints: ["glsa_", "glc_"], form: /\bgl(?:sa|c)_[A-Za-z0-9+/=_]{20,}/g },
  {
    name: "Stripe, SendGrid",
    hints: ["k_live_", "SG."],
    form: /\b(?:[sr]k_live_[A-Za-z0-9]{16,}|SG\.[\w-]{16,}\.[\w-]{16,})/g,
  },
];

/** One of these words is in every text with a secret that its name betrays. */
export const secretWords: RegExp = /pass|pwd|token|secret|credential|sig|auth|dsn|salt|cookie|bearer|basic|key/i;

/** `Authorization: Bearer …` and its kin: RFC 9110, section 11. What follows has to look random. */
export const authorizationForm: RegExp = /\b(?<kept>(?:bearer|basic|token)\s+)(?<value>[\w.~+/=-]{16,})/gi;

/** `password=…`, `"apiKey": "…"`, `--token …` inside a longer text. */
export const assignmentForm: RegExp =
  /(?<![A-Za-z0-9_.-])(?<key>[A-Za-z0-9_.-]+)(?<between>\\?["']?\s*[:=]\s*|\s+(?=["'])|(?<=--[A-Za-z0-9_.-]{1,64})\s+)(?<quote>\\?["']?)(?<value>[^\s"',;&}\]\\]+)/g;

/** Values that only say where a secret is: a variable, a template, a file, nothing. */
export const references: RegExp = /^(?:\$|\{\{|%\(|<|‹|\/|~\/|\.{1,2}\/|(?:true|false|null|none|nil|[|>][+-]?)$)/i;
