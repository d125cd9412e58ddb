import { environmentNamed, fieldAt, plan } from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { alertComponents } from "../alerting.ts";
import { alertingExternalSecrets } from "./external-secrets.ts";
import { alertmanagerConfig } from "./platform-routing.ts";
import { secretFilesOf } from "./secret-files.ts";

const platform = examplePlatform();
const production = environmentNamed(platform, "production");
const config = alertmanagerConfig(platform, production);

describe("the secrets of a routing", () => {
  it("are brought from one entry of the store each, key by key", () => {
    const [first] = alertingExternalSecrets("monitoring", production, config);
    expect(first).toMatchObject({
      kind: "ExternalSecret",
      metadata: { name: "alertmanager-smtp", namespace: "monitoring" },
      spec: {
        secretStoreRef: { kind: "ClusterSecretStore", name: "platform" },
        target: { name: "alertmanager-smtp" },
        data: [{ secretKey: "password", remoteRef: { key: "plinth/production/alerting/smtp", property: "password" } }],
      },
    });
  });

  it("are all that the configuration reads, and no other", () => {
    const brought = alertingExternalSecrets("monitoring", production, config).flatMap((resource) => {
      const data = fieldAt(resource, "spec", "data");
      return (Array.isArray(data) ? data : []).map((entry) => ({
        secret: resource.metadata.name,
        key: fieldAt(entry, "secretKey"),
      }));
    });
    const order = (entry: { secret: string; key: unknown }): string => `${entry.secret}/${entry.key}`;
    expect(brought.map(order).sort()).toEqual(secretFilesOf(config).map(order).sort());
  });

  it("may lie elsewhere", () => {
    const [first] = alertingExternalSecrets("monitoring", production, config, {
      secretStore: { kind: "SecretStore", name: "vault" },
      secretKey: ({ name }, secret) => `${name}-${secret}`,
    });
    expect(fieldAt(first, "spec", "secretStoreRef")).toEqual({ kind: "SecretStore", name: "vault" });
    expect(fieldAt(first, "spec", "data", 0, "remoteRef", "key")).toBe("production-smtp");
  });

  it("are brought where External Secrets runs", () => {
    const kinds = (input: Parameters<typeof examplePlatform>[0]): readonly (string | undefined)[] =>
      plan(examplePlatform(input), alertComponents).files.map(({ resource }) => resource?.kind);
    expect(kinds({})).not.toContain("ExternalSecret");
    const components = [
      ...(examplePlatformInput().components ?? []),
      { name: "external-secrets", namespace: "external-secrets" },
    ];
    expect(kinds({ components })).toContain("ExternalSecret");
  });
});
