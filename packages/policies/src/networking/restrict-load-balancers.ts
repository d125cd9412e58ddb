import { cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { violation } from "../admission/policy.ts";
import { service } from "./service-fixture.ts";

// https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#lb-scheme
const defaults: { readonly annotation: string; readonly values: readonly string[] } = {
  annotation: "service.beta.kubernetes.io/aws-load-balancer-scheme",
  values: ["internal"],
};

/** A load balancer of a team is not on the internet. */
export const restrictLoadBalancers: ParameterizedPolicy<typeof defaults, ObjectFixture> = parameterizedPolicy({
  defaults,
  parameters: {
    annotation: "The annotation of a Service that says who reaches its load balancer.",
    values: "The values of the annotation that are allowed.",
  },
  tried: [{ annotation: "networking.gke.io/load-balancer-type", values: ["Internal"] }],
  policy: ({ annotation, values }) => ({
    name: "restrict-load-balancers",
    title: "Restrict load balancers",
    category: "Networking",
    severity: "high",
    why: "A load balancer is an address on the internet and a bill each month, past the gateway with its TLS, its limits and its logs.",
    fix: `Set type to ClusterIP and make the service public through the ingress gateway, or set the annotation ${annotation} to ${values.join(" or ")}.`,
    match: objects(["Service"]),
    offenders: cel`object.spec.?type.orValue('ClusterIP') == 'LoadBalancer'
        && !(object.metadata.?annotations[?${annotation}].orValue('') in ${values})
      ? ['type is LoadBalancer without the annotation ' + ${annotation}]
      : []`,
    good: [
      service(),
      ...values.map((value) => service({ type: "LoadBalancer", annotations: { [annotation]: value } })),
    ],
    bad: [
      violation(service({ type: "LoadBalancer" }), `type is LoadBalancer without the annotation ${annotation}`),
      violation(
        service({ type: "LoadBalancer", annotations: { [annotation]: "internet-facing", other: values[0] ?? "" } }),
        `type is LoadBalancer without the annotation ${annotation}`,
      ),
    ],
  }),
});
