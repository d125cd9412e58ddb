import { resourceFindings } from "@plinth/core";
import { describe, expect, test } from "vitest";
import type { PodController } from "./autogen.ts";
import { controllerKinds, controllerResource, fitsTemplate, pod, podResource } from "./pod-fixture.ts";

const controllers: readonly PodController[] = [
  "deployments",
  "statefulsets",
  "daemonsets",
  "replicasets",
  "jobs",
  "cronjobs",
];
const place = { name: "good-1", namespace: "team-a" };

describe("a pod to try policies on", () => {
  test("is what every policy wants where the author says nothing", () => {
    expect(podResource(pod(), place)).toMatchObject({
      kind: "Pod",
      metadata: { ...place, labels: { "app.kubernetes.io/name": "example" } },
      spec: {
        containers: [
          {
            name: "app",
            image: "registry.example.com/shop/app:1.4.2",
            resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "128Mi" } },
          },
        ],
      },
    });
  });

  test("names its containers apart", () => {
    expect(
      pod({ containers: [{}, {}, { name: "proxy" }], initContainers: [{}], ephemeralContainers: [{}] }).spec,
    ).toMatchObject({
      containers: [{ name: "app" }, { name: "app-2" }, { name: "proxy" }],
      initContainers: [{ name: "init" }],
      ephemeralContainers: [{ name: "debugger" }],
    });
  });

  test("gives ephemeral containers no resources, which the API server refuses", () => {
    expect(JSON.stringify(pod({ ephemeralContainers: [{}] }).spec.ephemeralContainers)).not.toContain("resources");
  });

  test.each(controllers)("stands in the template of %s, which has no labels itself", (controller) => {
    const resource = controllerResource(pod({ hostPID: true }), controller, place);
    expect(resource).toMatchObject({ ...controllerKinds[controller], metadata: place });
    expect(resource.metadata.labels).toBeUndefined();
    expect(JSON.stringify(resource["spec"])).toContain(
      '"template":{"metadata":{"labels":{"app.kubernetes.io/name":"example"}},"spec":{"containers":[',
    );
    expect(resourceFindings(resource)).toEqual([]);
  });

  test("stands in no template with ephemeral containers", () => {
    expect([pod(), pod({ ephemeralContainers: [{}] })].map(fitsTemplate)).toEqual([true, false]);
  });
});
