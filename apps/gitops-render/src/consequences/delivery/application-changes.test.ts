import { describe, expect, test } from "vitest";
import { toldOfObjects, unmirroredObjects } from "../whole/told.fixture.ts";

function application(changes: { readonly [field: string]: string } = {}, name = "orders"): string {
  const { project = "shop", repository = "https://git.example.com/shop", branch = "main", path = "deploy" } = changes;
  const { namespace = "shop", policy = "{}", ignored = "[]" } = changes;
  return `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: ${project}
  source: { repoURL: '${repository}', path: ${path}, targetRevision: ${branch} }
  destination: { server: 'https://kubernetes.default.svc', namespace: ${namespace} }
  syncPolicy: ${policy}
  ignoreDifferences: ${ignored}`;
}

const automatic = "{ automated: { prune: true, selfHeal: true } }";

const changes: readonly (readonly [name: string, before: string[], after: string[], said: readonly string[]])[] = [
  [
    "automatic sync",
    [application()],
    [application({ policy: automatic })],
    ["sync-automated: application orders is synced by itself"],
  ],
  [
    "automatic sync of all",
    [application(), application({}, "carts")],
    [application({ policy: automatic }), application({ policy: automatic }, "carts")],
    ["sync-automated: every application is synced by itself"],
  ],
  [
    "pruning",
    [application({ policy: "{ automated: { prune: false, selfHeal: true } }" })],
    [application({ policy: automatic })],
    ["pruning-on: application orders deletes what leaves the repository"],
  ],
  [
    "self-healing",
    [application({ policy: automatic })],
    [application({ policy: "{ automated: { prune: true } }" })],
    ["self-heal-off: application orders leaves changes by hand"],
  ],
  [
    "another branch",
    [application()],
    [application({ branch: "trial" })],
    ["delivery-source-changed: application orders reads the revision trial, not main"],
  ],
  [
    "another repository and folder",
    [application()],
    [application({ repository: "https://git.example.com/other", path: "k8s" })],
    [
      "delivery-source-changed: application orders reads the repository https://git.example.com/other, not https://git.example.com/shop and the folder k8s, not deploy",
    ],
  ],
  [
    "another namespace",
    [application()],
    [application({ namespace: "kube-system" })],
    [
      "delivery-destination-changed: application orders delivers to kube-system in https://kubernetes.default.svc, not shop in https://kubernetes.default.svc",
    ],
  ],
  [
    "another project",
    [application()],
    [application({ project: "default" })],
    ["delivery-project-changed: application orders is of the project default, not shop"],
  ],
  [
    "a difference that is not seen",
    [application()],
    [application({ ignored: "[{ group: apps, kind: Deployment, jsonPointers: [/spec/replicas] }]" })],
    ["difference-ignored: application orders does not see any more /spec/replicas of Deployment"],
  ],
  [
    "options",
    [application({ policy: "{ syncOptions: [ServerSideApply=true] }" })],
    [application({ policy: "{ syncOptions: [Replace=true] }" })],
    ["sync-options-changed: application orders is synced with Replace=true and without ServerSideApply=true"],
  ],
  ["an application comes", [], [application()], ["application-added: application orders delivers from now on"]],
];

describe("Consequences for applications of Argo CD", () => {
  test.each(changes)("%s", (_, before, after, said) => {
    expect(toldOfObjects(before, after)).toEqual(said);
    expect(unmirroredObjects(before, after)).toEqual([]);
  });
});
