import { environmentNamed, plan } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { balancingGateway } from "./balancing-gateway.ts";
import { otelComponents } from "./components.ts";
import { redactionRules } from "./redaction.ts";
import { redactedKeys, redactedValues } from "./redaction-list.ts";

const platform = examplePlatform();
const production = environmentNamed(platform, "production");

const changed = (redaction: object): ReturnType<typeof examplePlatform> => {
  const input = exampleProduction();
  return examplePlatform({
    environments: [exampleDevelopment(), { ...input, telemetry: { ...input.telemetry, ...{ redaction } } }],
  });
};

describe("what is masked wherever it stands", () => {
  it.each(redactedValues.map((value) => [value.name, value] as const))("%s", (_, { pattern, example }) => {
    const found = new RegExp(pattern, "gu");
    expect(`before ${example} after`.replaceAll(found, "****")).toMatch(
      /^before \S*\*\*\*\*( after)?|^before.*\*\*\*\*/,
    );
    expect("GET /api/products/OLJCESPC7Z?currency=EUR took 12 ms".match(found)).toBeNull();
  });

  it.each([
    ["a time in nanoseconds", "1763760000123456789"],
    ["a time in milliseconds", "1763760000123"],
    ["a trace id", "4bf92f3577b34da6a3ce929d0e0e4736"],
    [
      "the digest of an image",
      "ghcr.io/shop/cart@sha256:4bf92f3577b34da6a3ce929d0e0e47364bf92f3577b34da6a3ce929d0e0e4736",
    ],
    ["an address of a service", "http://checkout.team-backend.svc:5050"],
    ["a scheduled pod", "Successfully assigned backend/cart-6d8f7c9b5-x2x4z to ip-10-30-1-7"],
  ])("leaves %s", (_, text) => {
    for (const { name, pattern } of redactedValues) expect(text.match(new RegExp(pattern, "u")), name).toBeNull();
  });
});

describe("what is masked for its key", () => {
  const masks = (key: string): boolean => {
    const options = balancingGateway(platform, production).config.processors?.["redaction"];
    const [pattern] = Array.isArray(options?.["blocked_key_patterns"]) ? options["blocked_key_patterns"] : [];
    if (typeof pattern !== "string") throw new Error("keys are masked by one pattern");
    return new RegExp(pattern.replace(/^\(\?i\)/, "").replaceAll("$$", "$"), "iu").test(key);
  };

  it.each([
    "authorization",
    "http.request.header.authorization",
    "Set-Cookie",
    "db.password",
    "x_api_key",
    "user.email",
  ])("%s", (key) => expect(masks(key)).toBe(true));

  it.each(["http.route", "token_count", "service.name", "authorization.mode", "k8s.pod.name"])("not %s", (key) =>
    expect(masks(key)).toBe(false),
  );
});

describe("the gateway", () => {
  it("masks before anything else is done, in each signal, and says nothing of it in labels", () => {
    const { service, processors } = balancingGateway(platform, production).config;
    for (const id of ["traces", "metrics", "logs"])
      expect(service.pipelines[id]?.processors?.slice(0, 3)).toEqual([
        "memory_limiter",
        "redaction",
        "transform/redaction",
      ]);
    expect(processors?.["redaction"]).toMatchObject({ allow_all_keys: true, summary: "silent" });
  });

  it("masks what the processor leaves, too: names of spans and messages of their statuses", () => {
    const statements = balancingGateway(platform, production).config.processors?.["transform/redaction"];
    expect(JSON.stringify(statements)).toContain("replace_pattern(span.name");
    expect(JSON.stringify(statements)).toContain("replace_pattern(span.status.message");
    expect(JSON.stringify(statements)).toContain("replace_pattern(spanevent.name");
  });

  it("masks what stands under a key in JSON, in a line of a log or inside of a map", () => {
    const patterns = balancingGateway(platform, production).config.processors?.["redaction"]?.["blocked_values"];
    const [pattern = ""] = Array.isArray(patterns) ? patterns.map((each) => String(each).replaceAll("$$", "$")) : [];
    const masked = (text: string): string => text.replace(new RegExp(pattern.replace("(?i)", ""), "giu"), "****");
    expect(masked('{"user.id":"4711","user.email":"a \\"b\\" c","n":1}')).toBe('{"user.id":"4711",****,"n":1}');
    expect(masked('{"Cookie": ["a","b"], "cookies":2}')).toBe('{****, "cookies":2}');
    expect(masked('{"app":{"credentials":{"a":"b"},"cvv":123}}')).toBe('{"app":{****,****}}');
  });
});

describe("an environment", () => {
  it("adds to the list, and takes from it with a reason", () => {
    const [, environment] = changed({
      keys: ["enduser[.]id"],
      values: { iban: "DE[0-9]{20}" },
      allow: [
        { name: "email", because: "Made-up accounts." },
        { name: "cookie", because: "There is none." },
      ],
    }).environments;
    if (environment === undefined) throw new Error("there are two environments");
    const { keys, values } = redactionRules(environment);
    expect(keys.map(({ key }) => key)).toEqual([
      ...redactedKeys.map(({ key }) => key).filter((key) => key !== "cookie" && key !== "email"),
      "enduser[.]id",
    ]);
    expect(values.map(({ name }) => name)).toEqual([
      ...redactedValues.map(({ name }) => name).filter((name) => name !== "email"),
      "iban",
    ]);
  });

  it("is told when it allows what nobody removes", () => {
    const { findings } = plan(changed({ allow: [{ name: "emial", because: "Made-up accounts." }] }), otelComponents);
    expect(findings.map(({ path, message, hint }) => ({ path, message, hint }))).toEqual([
      {
        path: "environments[production].telemetry.redaction.allow[0].name",
        message: 'nothing called "emial" is removed',
        hint: "did you mean email?",
      },
    ]);
  });

  it("finds its changes on the page that lists what is removed", () => {
    const page = plan(changed({ allow: [{ name: "email", because: "Made-up accounts." }] }), otelComponents)
      .files.find(({ path }) => path === "docs/telemetry/redaction.md")
      ?.text();
    expect(page).toContain("## In production");
    expect(page).toContain("| stays | `email` | Made-up accounts. |");
    for (const { name } of redactedValues) expect(page).toContain(`\`${name}\``);
  });
});
