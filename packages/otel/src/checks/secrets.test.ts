import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CollectorConfig } from "../configuration/collector-config.ts";
import type { Options } from "../configuration/component.ts";
import { checkConfig } from "./check-config.ts";

const withExporter = (options: Options, extensions: CollectorConfig["extensions"] = {}): CollectorConfig => ({
  receivers: { otlp: { protocols: { grpc: {} } } },
  exporters: { otlp_http: { endpoint: "https://logs.example.com/otlp", ...options } },
  extensions,
  service: {
    extensions: Object.keys(extensions),
    pipelines: { logs: { receivers: ["otlp"], exporters: ["otlp_http"] } },
  },
});

const secretPaths = (config: CollectorConfig): readonly (string | undefined)[] =>
  checkConfig(config)
    .filter(({ message }) => message.includes("secret"))
    .map(({ path }) => path);

describe("a secret in clear", () => {
  it("is found wherever it stands", () => {
    expect(secretPaths(withExporter({ headers: { authorization: "Bearer abc" } }))).toEqual([
      "exporters.otlp_http.headers.authorization",
    ]);
    expect(secretPaths(withExporter({ headers: { "X-Api-Key": "abc", "X-Scope-OrgID": "shop" } }))).toEqual([
      "exporters.otlp_http.headers.X-Api-Key",
    ]);
    expect(secretPaths(withExporter({ headers: [{ name: "Cookie", value: "abc" }] }))).toEqual([
      "exporters.otlp_http.headers[0].value",
    ]);
    expect(secretPaths(withExporter({ proxy_url: "http://shop:hop@proxy:3128" }))).toEqual([
      "exporters.otlp_http.proxy_url",
    ]);
    expect(
      secretPaths(withExporter({ tls: { cert_file: "/tls.crt", key_pem: "-----BEGIN PRIVATE KEY-----" } })),
    ).toEqual(["exporters.otlp_http.tls.key_pem"]);
    expect(
      secretPaths(withExporter({}, { basicauth: { client_auth: { username: "shop", password: "hop" } } })),
    ).toEqual(["extensions.basicauth.client_auth.password"]);
    expect(secretPaths(withExporter({}, { bearertokenauth: { tokens: ["a", "${env:B}"] } }))).toEqual([
      "extensions.bearertokenauth.tokens[0]",
    ]);
    expect(
      secretPaths(
        withExporter(
          {},
          { oauth2client: { client_id: "a", client_secret: "b", token_url: "https://login.example.com" } },
        ),
      ),
    ).toEqual(["extensions.oauth2client.client_secret"]);
    expect(
      secretPaths(withExporter({}, { headers_setter: { headers: [{ key: "Authorization", value: "Basic abc" }] } })),
    ).toEqual(["extensions.headers_setter.headers[0].value"]);
  });

  it("is none when the environment or a file holds it", () => {
    expect(secretPaths(withExporter({ headers: { Authorization: "Bearer ${env:TOKEN}" } }))).toEqual([]);
    expect(secretPaths(withExporter({ proxy_url: "http://shop:${env:PASSWORD}@proxy:3128" }))).toEqual([]);
    expect(secretPaths(withExporter({}, { bearertokenauth: { token: "${file:/token}" } }))).toEqual([]);
    expect(secretPaths(withExporter({}, { bearertokenauth: { filename: "/token" } }))).toEqual([]);
    expect(
      secretPaths(withExporter({}, { basicauth: { client_auth: { username: "shop", password_file: "/password" } } })),
    ).toEqual([]);
  });

  it("is a reference only when its $ is not doubled", () => {
    expect(secretPaths(withExporter({ headers: { Authorization: "$${env:TOKEN}" } }))).toHaveLength(1);
  });

  it("is never repeated by its finding", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9]{12,40}$/), (secret) => {
        const findings = checkConfig(withExporter({ headers: { Authorization: secret } }));
        expect(findings).toHaveLength(1);
        expect(JSON.stringify(findings)).not.toContain(secret);
      }),
    );
  });
});
