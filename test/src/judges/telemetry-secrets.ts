import type { Environment } from "@plinth/core";
import { redactedKeys, redactedValues, redactionRules } from "@plinth/otel";

/** Something that a rule of the redaction is about. */
export interface Secret {
  /** The rule: a name of `redactedValues`, or a key of `redactedKeys`. */
  readonly rule: string;
  /** Under which keys it is sent; free text has none. */
  readonly keys: readonly string[];
  /** What is sent. */
  readonly text: string;
  /** The part of it that must not be seen. */
  readonly hidden: string;
  /** Whether the environment removes it: what it allows has to stay. */
  readonly removed: boolean;
}

/** Keys as services write them, for each rule about keys. */
const keySamples: Readonly<Record<string, readonly string[]>> = {
  authorization: ["authorization", "http.request.header.authorization", "Authorization"],
  "proxy-authorization": ["http.request.header.proxy-authorization"],
  cookie: ["cookie", "http.request.header.cookie"],
  "set-cookie": ["http.response.header.set-cookie"],
  password: ["password", "db.password", "user_password"],
  passwd: ["passwd"],
  secret: ["app.secret"],
  "client[._-]?secret": ["client_secret", "oauth.client-secret", "clientSecret"],
  "api[._-]?key": ["api_key", "x-api-key", "apiKey"],
  token: ["token", "session.token"],
  "private[._-]?key": ["private_key"],
  "secret[._-]?key": ["secret-key"],
  "credentials?": ["credential", "aws.credentials"],
  "connection[._-]?string": ["db.connection_string"],
  email: ["email", "user.email"],
  "user[.]full_name": ["user.full_name"],
  phone: ["customer.phone"],
  "card[._-]?number": ["card_number", "payment.card-number"],
  "cvv|cvc": ["cvv", "card.cvc"],
};

/** What of the example of each rule about values must not be seen. */
const hiddenParts: Readonly<Record<string, string>> = {
  "private-key": "MIIEow==",
  "json-web-token": "dozjgNryP4J3jVmNHl0w5N",
  authorization: "dGhlIHRva2Vu",
  "url-password": "hunter2",
  "secret-parameter": "9f86d081884c7d65",
  "aws-access-key": "AKIAIOSFODNN7EXAMPLE",
  "github-token": "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
  "gitlab-token": "glpat-ABCDEFGHIJKLMNOPQRST",
  "slack-token": "xoxb-0123456789-abcdef",
  "card-number": "4111 1111 1111 1111",
  email: "ada@example.com",
};

/** What must stay: neighbours of what goes, in attributes and in texts. */
export const neighbours = {
  attributes: {
    "http.route": "/orders/{orderId}",
    "user.id": "4711",
    "app.tokens": "seventeen tokens",
    "order.number": "20261121-0042",
    "build.revision": "6c02020a2c095e22c4668ff6ef27e1f2849c0d3e",
  },
  text: "order 20261121-0042 was paid in 350 ms by 10.0.12.7",
} as const;

/** Every rule of an environment with what it is about; sentences for those that no sample is known of. */
export function secretsOf(environment: Environment): {
  readonly secrets: readonly Secret[];
  readonly problems: readonly string[];
} {
  const rules = redactionRules(environment);
  const removes = (list: readonly string[], rule: string): boolean => list.includes(rule);
  const [keys, values] = [rules.keys.map(({ key }) => key), rules.values.map(({ name }) => name)];
  const known = new Set([...redactedKeys.map(({ key }) => key), ...redactedValues.map(({ name }) => name)]);
  return {
    secrets: [
      ...redactedKeys.map(({ key }, index): Secret => {
        const text = `under-key-${index}-${key.replaceAll(/[^a-z]/g, "")}`;
        return { rule: key, keys: keySamples[key] ?? [], text, hidden: text, removed: removes(keys, key) };
      }),
      ...redactedValues.map(
        ({ name, example }): Secret => ({
          rule: name,
          keys: [],
          text: example,
          hidden: hiddenParts[name] ?? example,
          removed: removes(values, name),
        }),
      ),
    ],
    problems: [
      ...redactedKeys.flatMap(({ key }) =>
        keySamples[key] === undefined ? [`no sample is known of the key ${key}`] : [],
      ),
      ...redactedValues.flatMap(({ name, example }) =>
        example.includes(hiddenParts[name] ?? "\0") ? [] : [`no sample is known of the text ${name}`],
      ),
      ...[...keys, ...values].flatMap((rule) =>
        known.has(rule) ? [] : [`no sample is known of the environment's own rule ${rule}`],
      ),
    ],
  };
}
