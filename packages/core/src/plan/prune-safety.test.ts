import { describe, expect, it } from "vitest";
import type { Component } from "../component.ts";
import type { DeliveryBy } from "../model/platform.ts";
import { buildUntypedResource } from "../resource/build-resource.ts";
import type { Resource } from "../resource/resource.ts";
import { examplePlatform } from "../testing.ts";
import { plan } from "./plan.ts";
import { guardedKinds } from "./prune-safety.ts";

const confirm = { "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm" };
const disabled = { "kustomize.toolkit.fluxcd.io/prune": "disabled" };

function annotationsOf(
  resource: Pick<Resource, "apiVersion" | "kind"> & { annotations?: Record<string, string> },
  { by = "applications", environment = "production" }: { by?: DeliveryBy; environment?: string } = {},
): Readonly<Record<string, string>> {
  const { apiVersion, kind, annotations } = resource;
  const component: Component = {
    name: "things",
    layer: "argocd",
    perEnvironment: () => [
      buildUntypedResource({
        apiVersion,
        kind,
        metadata: { name: "thing", namespace: "argocd", ...(annotations === undefined ? {} : { annotations }) },
      }),
    ],
  };
  const { files } = plan({ ...examplePlatform(), delivery: { by } }, [component]);
  const made = files.find(({ entry }) => entry.environment === environment)?.resource?.metadata.annotations;
  return Object.fromEntries(Object.entries(made ?? {}).filter(([key]) => !key.startsWith("plinth.dev/")));
}

describe("what hurts when it is lost", () => {
  const namespace = { apiVersion: "v1", kind: "Namespace" };
  const application = { apiVersion: "argoproj.io/v1alpha1", kind: "Application" };

  it("is removed by Argo CD only after somebody has confirmed it", () =>
    expect(annotationsOf(namespace)).toEqual(confirm));

  it("is not removed by Flux, which does not ask", () =>
    expect(annotationsOf(namespace, { by: "flux" })).toEqual(disabled));

  it("is, of what delivers, only what is delivered by hand", () => {
    expect(annotationsOf(application)).toEqual(confirm);
    expect(annotationsOf(application, { environment: "development" })).toEqual({});
    expect(
      annotationsOf({ apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" }, { by: "flux" }),
    ).toEqual(disabled);
  });

  it("is of its group: a kind of the same name in another is another thing", () =>
    expect(annotationsOf({ apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" })).toEqual({}));

  it("says of itself what it wants, where it does", () =>
    expect(annotationsOf({ ...namespace, annotations: { "argocd.argoproj.io/sync-options": "Prune=false" } })).toEqual({
      "argocd.argoproj.io/sync-options": "Prune=false",
    }));

  it("is nothing that the next render heals", () =>
    expect(annotationsOf({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" })).toEqual({}));

  it("has a reason each, and is listed once", () => {
    const kinds = guardedKinds.map(({ group, kind }) => `${group}/${kind}`);
    expect(new Set(kinds).size).toBe(kinds.length);
    for (const { because } of guardedKinds) expect(because).toMatch(/\.$/);
  });
});
