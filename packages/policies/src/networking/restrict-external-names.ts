import { cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { violation } from "../admission/policy.ts";
import { service } from "./service-fixture.ts";

const defaults: { readonly domains: readonly string[] } = { domains: [] };

/** A name in the cluster is not another name for something elsewhere. */
export const restrictExternalNames: ParameterizedPolicy<typeof defaults, ObjectFixture> = parameterizedPolicy({
  defaults,
  parameters: { domains: "Domains that a Service of the type ExternalName may name, with the names below them." },
  tried: [{ domains: ["db.example.com", "amazonaws.com"] }],
  policy: ({ domains }) => ({
    name: "restrict-external-names",
    title: "Restrict external names",
    category: "Networking",
    severity: "medium",
    why: "A Service of the type ExternalName leads callers, and gateways that route to it, past the network policies of the namespace that it names.",
    fix: "Name the host where it is called, and declare it under external in the service's model.",
    match: objects(["Service"]),
    variables: { host: cel`object.spec.?externalName.orValue('')` },
    offenders: cel`object.spec.?type.orValue('ClusterIP') == 'ExternalName'
        && !${domains}.exists(domain, variables.host == domain || variables.host.endsWith('.' + domain))
      ? ['externalName is ' + variables.host]
      : []`,
    good: [
      service(),
      ...domains.flatMap((domain) => [
        service({ type: "ExternalName", externalName: domain }),
        service({ type: "ExternalName", externalName: `orders.${domain}` }),
      ]),
    ],
    bad: [
      violation(
        service({ type: "ExternalName", externalName: "kube-dns.kube-system.svc.cluster.local" }),
        "externalName is kube-dns.kube-system.svc.cluster.local",
      ),
      ...domains.map((domain) =>
        violation(service({ type: "ExternalName", externalName: `evil-${domain}` }), `externalName is evil-${domain}`),
      ),
    ],
  }),
});
