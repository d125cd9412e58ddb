import type { Resource } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { waveFindings } from "./argocd-waves.ts";
import type { RenderedObject } from "./rendered-tree.ts";

const object = (resource: Omit<Resource, "metadata">, name: string, wave?: number): RenderedObject => ({
  file: { path: `argocd/production/${name}.yaml`, text: "" },
  resource: {
    ...resource,
    apiVersion: String(resource["apiVersion"]),
    kind: String(resource["kind"]),
    metadata: {
      name,
      namespace: "argocd",
      ...(wave === undefined ? {} : { annotations: { "argocd.argoproj.io/sync-wave": String(wave) } }),
    },
  },
});

const project = { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject" };
const application = { apiVersion: "argoproj.io/v1alpha1", kind: "Application", spec: { project: "plinth" } };
const folder = { apiVersion: "grafana.integreatly.org/v1beta1", kind: "GrafanaFolder" };
const dashboard = {
  apiVersion: "grafana.integreatly.org/v1beta1",
  kind: "GrafanaDashboard",
  spec: { folderRef: "backend" },
};

const messages = (...objects: RenderedObject[]): string[] => waveFindings(objects).map(({ message }) => message);

describe("waves", () => {
  it("let a project come before the applications that name it", () =>
    expect(messages(object(application, "production"), object(project, "plinth", -1))).toEqual([]));

  it.each([
    ["in one wave, where their names decide", undefined],
    ["turned round", 1],
  ])("of a project and its application %s are refused", (_, wave) =>
    expect(messages(object(application, "production"), object(project, "plinth", wave))).toEqual([
      `is in wave 0, and names argoproj.io/v1alpha1/AppProject argocd/plinth of wave ${wave ?? 0}`,
    ]),
  );

  it("let a dashboard wait for its folder in one wave, and not in an earlier one", () => {
    expect(messages(object(dashboard, "cart"), object(folder, "backend"))).toEqual([]);
    expect(messages(object(dashboard, "cart", -1), object(folder, "backend"))).toHaveLength(1);
  });

  it("say nothing of what another application delivers", () =>
    expect(messages(object(dashboard, "cart", -1))).toEqual([]));
});
