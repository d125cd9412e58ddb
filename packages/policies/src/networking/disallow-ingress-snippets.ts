import { cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { ingress } from "./ingress-fixture.ts";

const snippet = "nginx.ingress.kubernetes.io/configuration-snippet";
const says = (key: string): string => `the annotation ${key} is configuration of the proxy`;

/**
 * No Ingress writes the configuration of the proxy that serves everybody.
 *
 * @see https://github.com/kubernetes/ingress-nginx/issues/7837
 */
export const disallowIngressSnippets: Policy<ObjectFixture> = definePolicy({
  name: "disallow-ingress-snippets",
  title: "Disallow snippets in Ingresses",
  category: "Networking",
  severity: "high",
  why: "A snippet runs in the proxy of all teams and reads its token, with which every Secret of the cluster can be read (CVE-2021-25742).",
  fix: "Remove the annotation: what it does is a setting of the gateway, or belongs into the service.",
  match: objects(["Ingress"]),
  offenders: cel`object.metadata.?annotations.orValue({})
    .filter(key, key.endsWith('-snippet') || key.endsWith('-snippets'))
    .map(key, 'the annotation ' + key + ' is configuration of the proxy')`,
  good: [
    ingress({ hosts: ["cart.example.com"] }),
    ingress({
      hosts: ["cart.example.com"],
      annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": "8m", "example.com/snippet-review": "done" },
    }),
  ],
  bad: [
    violation(
      ingress({ hosts: ["cart.example.com"], annotations: { [snippet]: "return 200;", a: "b" } }),
      says(snippet),
    ),
    violation(
      ingress({ annotations: { "nginx.org/server-snippets": "return 200;" }, hosts: ["cart.example.com"] }),
      says("nginx.org/server-snippets"),
    ),
  ],
});
