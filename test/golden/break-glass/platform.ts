import { defineBreakGlass, definePlatform, type PlatformDefinition } from "@plinth/core";
import { exampleDevelopment, exampleProduction, exampleTeam } from "@plinth/core/testing";

// One permission beyond the daily ones: the binding that ends by itself, the role that it needs, the controller that may delete it, the way into the cluster,
// and the page of each environment.
export const shows: readonly string[] = ["break-glass", "cluster-access", "access-review"];

const orders = defineBreakGlass({
  name: "orders",
  group: "break-glass-orders",
  role: "namespace-rescuer",
  environment: "production",
  team: "backend",
  because: "Orders are stuck.",
  ticket: "OPS-312",
  approvedBy: "platform",
  until: "2026-12-11",
});

const platform: PlatformDefinition = definePlatform({
  name: "break-glass",
  domain: "shop.example.com",
  repository: { url: "https://git.example.com/shop/platform" },
  environments: [
    exampleDevelopment(),
    exampleProduction({ access: { writers: "delivery", authentication: { by: "access-entries" } } }),
  ],
  teams: [exampleTeam("backend")],
  services: [],
  components: [{ name: "kyverno", namespace: "kyverno", podLabels: { "app.kubernetes.io/part-of": "kyverno" } }],
  breakGlass: [orders],
});

export default platform;
