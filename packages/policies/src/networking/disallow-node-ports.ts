import { cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { service } from "./service-fixture.ts";

/** Nothing is reached past the gateway, at a port of every node. */
export const disallowNodePorts: Policy<ObjectFixture> = definePolicy({
  name: "disallow-node-ports",
  title: "Disallow node ports",
  category: "Networking",
  severity: "medium",
  why: "A node port is open on every node, past the gateway with its TLS and its logs, and past network policies that name pods.",
  fix: "Set type to ClusterIP and make the service public through the ingress gateway.",
  match: objects(["Service"]),
  offenders: cel`object.spec.?type.orValue('ClusterIP') == 'NodePort' ? ['type is NodePort'] : []`,
  good: [service(), service({ type: "ClusterIP" }), service({ type: "LoadBalancer" })],
  bad: [violation(service({ type: "NodePort" }), "type is NodePort")],
});
