import { describe, expect, it } from "vitest";
import { fillTemplate, folderTemplate, locationFinding, schemaFile } from "./location.ts";

describe("a schema's file", () => {
  it.each([
    ["v1", "ConfigMap", "v1/configmap_v1.json"],
    ["apps/v1", "Deployment", "apps/deployment_v1.json"],
    ["policies.kyverno.io/v1", "ValidatingPolicy", "policies.kyverno.io/validatingpolicy_v1.json"],
  ])("of %s %s is %s", (apiVersion, kind, file) => {
    expect(schemaFile(apiVersion, kind)).toBe(file);
  });

  it("is where kubeconform's template leads", () => {
    expect(fillTemplate(folderTemplate("/schemas"), "apps/v1", "Deployment")).toBe("/schemas/apps/deployment_v1.json");
    expect(fillTemplate(folderTemplate("/a{{b"), "v1", "Pod")).toBe("/a{{b/v1/pod_v1.json");
  });

  it("follows the templates of other schema collections", () => {
    const template =
      "x/{{.NormalizedKubernetesVersion}}-standalone{{ .StrictSuffix }}/{{- .ResourceKind -}}{{.KindSuffix}}.json";
    expect(fillTemplate(template, "networking.k8s.io/v1", "Ingress")).toBe(
      "x/master-standalone-strict/ingress-networking-v1.json",
    );
    expect(fillTemplate("{{ .Unknown }}.json", "v1", "Pod")).toBe("{{ .Unknown }}.json");
  });
});

describe("a schema location", () => {
  it.each(["https://example.com/{{ .ResourceKind }}.json", "http://example.com", "default"])(
    "on the network is refused: %s",
    (location) => {
      expect(locationFinding(location)?.message).toContain("not on this machine");
    },
  );

  it("with a path that kubeconform reads as a URL is refused", () => {
    expect(locationFinding("/a#b")?.code).toBe("tool-failed");
    expect(locationFinding("/100%/schemas")?.code).toBe("tool-failed");
  });

  it("to which kubeconform would add a path is refused", () => {
    expect(locationFinding("/a/{{ .ResourceKind }}")?.hint).toBe("End the template with .json.");
  });

  it.each(["/a b/schemas", "crds/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json", "/ü"])(
    "on this machine is taken: %s",
    (location) => {
      expect(locationFinding(location)).toBeUndefined();
    },
  );
});
