import { isOptions } from "../configuration/collector-config.ts";
import { clientRules, serverRules } from "./delivery-rules.ts";
import { report } from "./rule.ts";
import {
  each,
  hostAndPort,
  inside,
  needs,
  notBelow,
  notTogether,
  type ValueRule,
  webAddress,
  when,
  within,
} from "./value-rule.ts";

/** What the extensions ask for, each by its own `config.go`. */
export const extensionRules: Readonly<Record<string, readonly ValueRule[]>> = {
  health_check: [hostAndPort("endpoint"), ...serverRules],
  zpages: [emptyEndpoint, hostAndPort("endpoint"), ...serverRules],
  file_storage: [
    within("max_size", { atLeast: 0 }, "1073741824"),
    inside("compaction", within("max_transaction_size", { atLeast: 0 }, "65536")),
  ],
  basicauth: [notTogether(["client_auth", "htpasswd"]), hasCredentials],
  bearertokenauth: [
    needs(["token", "tokens", "filename"], "there is no token", "filename: /var/run/secrets/telemetry/token"),
    notTogether(["token", "tokens"]),
  ],
  oauth2client: [
    needs(["client_id", "client_id_file"], "it is not said who the collector is", "client_id: collector"),
    when(
      ({ grant_type: grant }) => grant !== "urn:ietf:params:oauth:grant-type:jwt-bearer",
      needs(["client_secret", "client_secret_file"], "there is no secret", "client_secret: ${env:CLIENT_SECRET}"),
    ),
    needs(
      ["token_url"],
      "it is not said where tokens are fetched",
      "token_url: https://login.example.com/oauth2/token",
    ),
    webAddress("token_url"),
    ...clientRules,
  ],
  headers_setter: [
    needs(["headers"], "no header is set", "headers: [{ key: X-Scope-OrgID, from_context: tenant }]"),
    each(
      "headers",
      needs(["key"], "the header has no name", "key: X-Scope-OrgID"),
      when(
        ({ action }) => action !== "delete",
        needs(
          ["value", "value_file", "from_context", "from_attribute"],
          "the header has no value",
          "from_context: tenant",
        ),
        notTogether(["value", "value_file", "from_context", "from_attribute"]),
      ),
    ),
  ],
  sigv4auth: [
    inside(
      "assume_role",
      when(
        ({ web_identity_token_file: file }) => file !== undefined,
        needs(["arn"], "it is not said which role", "arn: arn:aws:iam::123456789012:role/metrics"),
      ),
    ),
  ],
  k8s_leader_elector: [
    needs(["lease_name"], "the Lease has no name", "lease_name: otel-cluster"),
    needs(["lease_namespace"], "the Lease has no namespace", "lease_namespace: opentelemetry"),
    notBelow("lease_duration", "renew_deadline", { defaults: { lease_duration: 15_000, renew_deadline: 10_000 } }),
  ],
};

function emptyEndpoint({ endpoint }: Parameters<ValueRule>[0], path: string): ReturnType<ValueRule> {
  return endpoint === ""
    ? [
        report("valid-option", `${path}.endpoint`, {
          message: "the extension listens nowhere",
          expected: "an address",
          example: "localhost:55679",
        }),
      ]
    : [];
}

function hasCredentials(options: Parameters<ValueRule>[0], path: string): ReturnType<ValueRule> {
  return isOptions(options["client_auth"]) || isOptions(options["htpasswd"])
    ? []
    : [report("valid-option", path, { message: "there are no credentials", expected: "client_auth or htpasswd" })];
}
