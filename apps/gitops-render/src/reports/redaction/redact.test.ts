import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactText, redactValue } from "./redact.ts";
import { fieldTexts } from "./value-text.ts";

/** Put together here, so that no scanner of secrets takes these examples for ones. */
const of = (...parts: readonly string[]): string => parts.join("");
const random = "k3Jx9QvT2mZr8LpW4nYb";

describe("a text", () => {
  it.each([
    ["a URL with a password", "postgres://shop:hunter2@db:5432/shop", "postgres://‹secret›@db:5432/shop"],
    ["one with a slash in it", "amqp://u:a/b@mq/", "amqp://‹secret›@mq/"],
    ["a URL with a token", `https://${random}@git.example.com/x`, "https://‹secret›@git.example.com/x"],
    ["a DSN of MySQL", "shop:hunter2@tcp(db:3306)/shop", "shop:‹secret›@tcp(db:3306)/shop"],
    [
      "a password in a text",
      "user=shop password=hunter2 sslmode=require",
      "user=shop password=‹secret› sslmode=require",
    ],
    ["one in JSON", '{"password":"hunter2","user":"shop"}', '{"password":"‹secret›","user":"shop"}'],
    ["one in JSON in JSON", '"{\\"adminPassword\\":\\"hunter2\\"}"', '"{\\"adminPassword\\":\\"‹secret›\\"}"'],
    ["a flag", `--api-token ${random} --verbose`, "--api-token ‹secret› --verbose"],
    ["a header", `Authorization: Bearer ${random}`, "Authorization: Bearer ‹secret›"],
    ["a JWT", of("eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxMjM0In0", ".c2lnbmF0dXJl"), "‹secret›"],
    ["an AWS access key", of("AKIA", "IOSFODNN7EXAMPLE"), "‹secret›"],
    ["a GitHub token", of("ghp_", "a1b2c3d4e5f6g7h8i9j0k1l2"), "‹secret›"],
    ["a GitLab token", of("glpat-", "a1b2c3d4e5f6g7h8i9j0"), "‹secret›"],
    [
      "a Slack webhook",
      of("https://hooks.slack.com/services/", "T0/B0/XXXX"),
      "https://hooks.slack.com/services/‹secret›",
    ],
    [
      "a private key",
      of("-----BEGIN RSA PRIVATE", " KEY-----\nMIIB\n-----END RSA PRIVATE", " KEY-----\nrest"),
      "‹secret›\nrest",
    ],
    [
      "a private key in base64",
      Buffer.from(of("-----BEGIN EC PRIVATE", " KEY-----\nMHcCAQEE\n")).toString("base64"),
      "‹secret›",
    ],
  ])("does not show %s", (_, text, told) => expect(redactText(text)).toBe(told));

  it.each([
    "https://grafana.shop.example.com:3000/d/cart?var-ns=team-backend",
    "registry.example.com:5000/shop/cart@sha256:0f3a",
    "http://otel-gateway:4318/v1/traces",
    "secretName: alertmanager-chat",
    "secretKeyRef: { name: cart-db, key: password }",
    "password: ${env:DB_PASSWORD}",
    "token: /var/run/secrets/kubernetes.io/serviceaccount/token",
    "group backend-developers gains create pods/exec in team-backend",
    "topologyKey: topology.kubernetes.io/zone",
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
    'expr: sum(rate(http_requests_total{code=~"5.."}[5m])) / 2',
    "git@github.com:plinth/platform.git",
    "passwordless: true",
  ])("shows what is none: %s", (text) => expect(redactText(text)).toBe(text));

  // What takes a square of the length would not end within the limit of a test.
  it.each(["a.", "a:", "a://", "eyJ", "x-", "password ", "AKIA", '"', "-----BEGIN A-----"])(
    "of any length is read: %s again and again",
    (piece) => expect(redactText(piece.repeat(100_000 / piece.length))).not.toBe(""),
  );
});

describe("a value", () => {
  const secret = { kind: "Secret", path: "" } as const;

  it("of a Secret is never shown, its keys are", () => {
    const object = { kind: "Secret", type: "Opaque", data: { password: "aHVudGVyMg==" }, stringData: { a: "b\nc" } };
    expect(redactValue(object, secret)).toEqual({
      kind: "Secret",
      type: "Opaque",
      data: { password: "‹secret›" },
      stringData: { a: "‹secret›" },
    });
    expect(redactValue("aHVudGVyMg==", { kind: "Secret", path: "data.plain" })).toBe("‹secret›");
    expect(redactValue({ a: "b" }, { kind: "Secret", path: "stringData" })).toEqual({ a: "‹secret›" });
  });

  it("of a variable is judged by the variable's name", () => {
    expect(redactValue([{ name: "DB_PASSWORD", value: "hunter2" }], { kind: "Deployment", path: "spec.env" })).toEqual([
      { name: "DB_PASSWORD", value: "‹secret›" },
    ]);
    for (const path of ["spec.containers[app].env[DB_PASSWORD].value", "spec.env[name: DB_PASSWORD].value"])
      expect(redactValue("hunter2", { kind: "Deployment", path })).toBe("‹secret›");
    expect(redactValue("info", { kind: "Deployment", path: "spec.env[LOG_LEVEL].value" })).toBe("info");
  });

  it("of a ConfigMap is judged by its key, and where the key says little by its look", () => {
    const told = (path: string, value: string): unknown => redactValue(value, { kind: "ConfigMap", path });
    expect(told("data.password", "short")).toBe("‹secret›");
    expect(told("data.api-key", random)).toBe("‹secret›");
    expect(told('data["auth.token"]', random)).toBe("‹secret›");
    expect(told("data.token", "disabled")).toBe("disabled");
    expect(told("data.key", "app.kubernetes.io/name")).toBe("app.kubernetes.io/name");
    expect(told("data.checksum", random)).toBe(random);
  });

  it("that repeats the whole object is not shown", () =>
    expect(
      redactValue(
        { "kubectl.kubernetes.io/last-applied-configuration": '{"data":{"a":"b"}}', other: "x" },
        { kind: "ConfigMap", path: "metadata.annotations" },
      ),
    ).toEqual({ "kubectl.kubernetes.io/last-applied-configuration": "‹secret›", other: "x" }));

  it("that changed is seen to have changed", () =>
    expect(fieldTexts({ path: "data.password", before: "YQ==", after: "Yg==" }, "Secret")).toEqual({
      path: "data.password",
      before: "‹secret›",
      after: "‹another secret›",
    }));
});

describe("whatever the words around it", () => {
  const password = fc.stringMatching(/^[A-Za-z0-9!$%^&*()_+=~.-]{6,24}$/);

  it("the password of a URL is not shown", () => {
    fc.assert(
      fc.property(password, fc.constantFrom("postgres", "https", "amqps"), fc.string(), (secret, scheme, around) => {
        const text = `${around} ${scheme}://user:${encodeURIComponent(secret)}@host:1/x`;
        expect(redactText(text)).toContain("‹secret›@host:1/x");
        expect(redactText(text)).not.toContain(`:${encodeURIComponent(secret)}@`);
      }),
    );
  });

  it("reading it again finds nothing more", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("password", "=", ": ", "token", "x1Y2z3A4b5C6d7E8f9", "://", "@", '"', "\n", "a")),
        (parts) => {
          const once = redactText(parts.join(""));
          expect(redactText(once)).toBe(once);
        },
      ),
    );
  });
});
