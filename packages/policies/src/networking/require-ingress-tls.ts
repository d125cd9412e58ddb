import { cel } from "../admission/cel.ts";
import { nsa } from "../admission/control.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { violation } from "../admission/policy.ts";
import { ingress } from "./ingress-fixture.ts";

// https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#certificate-arn
const defaults: { readonly annotations: readonly string[] } = {
  annotations: ["alb.ingress.kubernetes.io/certificate-arn"],
};

const host = "cart.example.com";
const says = (name: string): string => `no certificate in tls is for ${name}`;

/** Each host of an Ingress has a certificate: one for its name, or one for everything next to it; or the load balancer has one, which an annotation names. */
export const requireIngressTls: ParameterizedPolicy<typeof defaults, ObjectFixture> = parameterizedPolicy({
  defaults,
  parameters: {
    annotations: "Annotations that name the certificates of a load balancer, with which tls is not needed.",
  },
  tried: [{ annotations: ["networking.gke.io/managed-certificates", "ingress.gcp.kubernetes.io/pre-shared-cert"] }],
  policy: ({ annotations }) => ({
    name: "require-ingress-tls",
    title: "Require TLS of Ingresses",
    category: "Networking",
    severity: "high",
    control: nsa("Encryption"),
    why: "What is served without TLS is read and changed by whoever stands between, and so are the cookies of the hosts beside it.",
    fix: "Add the host to tls[].hosts, with the Secret of its certificate where the controller has none of its own.",
    match: objects(["Ingress"]),
    variables: {
      elsewhere: cel`${annotations}.exists(key, object.metadata.?annotations[?key].orValue('') != '')`,
      certified: cel`object.spec.?tls.orValue([]).map(t, t.?hosts.orValue([]))`,
      hosts: cel`object.spec.?rules.orValue([]).filter(r, r.?host.orValue('') != '').map(r, r.host)`,
    },
    // A certificate's wildcard stands for one label: https://www.rfc-editor.org/rfc/rfc9525#section-6.3
    offenders: cel`variables.elsewhere ? [] : variables.hosts
      .filter(host, !variables.certified.exists(names, host in names
        || host.contains('.') && '*' + host.substring(host.indexOf('.')) in names))
      .map(host, 'no certificate in tls is for ' + host)`,
    good: [
      ...annotations.map((key) => ingress({ hosts: [host], annotations: { [key]: "cart", a: "b" } })),
      ingress({ hosts: [undefined] }),
      ingress({ defaultBackend: true }),
      ingress({
        hosts: [host, "shop.example.org"],
        tls: [["other.example.com", "*.example.com"], ["shop.example.org"]],
      }),
      ingress({ hosts: [host], tls: [[host]] }),
    ],
    bad: [
      violation(ingress({ hosts: [host] }), says(host)),
      violation(ingress({ hosts: ["intranet"], tls: [[host]] }), says("intranet")),
      violation(ingress({ hosts: [host], tls: [], annotations: { [annotations[0] ?? ""]: "" } }), says(host)),
      violation(ingress({ hosts: [host, "shop.example.org"], tls: [[host]] }), says("shop.example.org")),
      violation(ingress({ hosts: [`a.${host}`], tls: [["*.example.com"]] }), says(`a.${host}`)),
      violation(ingress({ hosts: [host], tls: [[`*.${host}`, "xcart.example.com"]] }), says(host)),
    ],
  }),
});
