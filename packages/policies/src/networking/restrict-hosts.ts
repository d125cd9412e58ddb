import type { Environment, Platform } from "@plinth/core";
import { type CelExpression, cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { violation } from "../admission/policy.ts";
import { ingress, route } from "./ingress-fixture.ts";

interface Domains {
  readonly domains: readonly string[];
  readonly [parameter: string]: readonly string[];
}

const defaults: Domains = { domains: ["example.com"] };
const parameters = { domains: "Domains below which, and at which, hosts may be." };
const tried: readonly Partial<Domains>[] = [{ domains: ["shop.example.org", "shop.example.net"] }];
const from = ({ domain }: Platform, _environment: Environment): Partial<Domains> => ({ domains: [domain] });
const why =
  "The gateway serves whoever claims a host first: a wildcard or another team's host takes its traffic, and a foreign one gets a certificate.";

function outside(hosts: CelExpression, domains: readonly string[]): CelExpression {
  return cel`${hosts}
    .filter(host, host.contains('*') || !${domains}.exists(domain, host == domain || host.endsWith('.' + domain)))
    .map(host, host == '' ? 'a rule has no host' : 'the host is ' + host)`;
}

const fixOf = (domains: readonly string[]): string => `Name a host below ${domains.join(" or ")}, without a wildcard.`;

/** An Ingress answers for hosts of the platform's domain, one by one. */
export const restrictIngressHosts: ParameterizedPolicy<Domains, ObjectFixture> = parameterizedPolicy({
  defaults,
  parameters,
  from,
  tried,
  policy: ({ domains: [domain = "", ...others] }) => ({
    name: "restrict-ingress-hosts",
    title: "Restrict the hosts of Ingresses",
    category: "Networking",
    severity: "high",
    why,
    fix: fixOf([domain, ...others]),
    match: objects(["Ingress"]),
    variables: {
      hosts: cel`object.spec.?rules.orValue([]).map(r, r.?host.orValue(''))
        + (has(object.spec.defaultBackend) ? [''] : [])`,
    },
    offenders: outside(cel`variables.hosts`, [domain, ...others]),
    good: [
      ingress({ hosts: [domain] }),
      ingress({ hosts: [`cart.${domain}`, ...others.map((other) => `cart.${other}`)] }),
    ],
    bad: [
      violation(ingress({ hosts: [`cart.${domain}`, undefined] }), "a rule has no host"),
      violation(ingress({ hosts: [`cart.${domain}`], defaultBackend: true }), "a rule has no host"),
      violation(ingress({ hosts: [`*.${domain}`] }), `the host is *.${domain}`),
      violation(ingress({ hosts: [`evil${domain}`] }), `the host is evil${domain}`),
      violation(
        ingress({ hosts: ["shop.attacker.example", `${domain}.attacker.example`] }),
        "the host is shop.attacker.example",
        `the host is ${domain}.attacker.example`,
      ),
    ],
  }),
});

/** A route of the Gateway API answers for hosts of the platform's domain, one by one. */
export const restrictRouteHosts: ParameterizedPolicy<Domains, ObjectFixture> = parameterizedPolicy({
  defaults,
  parameters,
  from,
  tried,
  policy: ({ domains: [domain = "", ...others] }) => ({
    name: "restrict-route-hosts",
    title: "Restrict the hosts of routes",
    category: "Networking",
    severity: "high",
    why,
    fix: fixOf([domain, ...others]),
    match: objects(["HTTPRoute", "GRPCRoute"]),
    // A route without hostnames answers for every host of its listener.
    variables: { hosts: cel`object.spec.?hostnames.orValue([]).size() == 0 ? [''] : object.spec.hostnames` },
    offenders: outside(cel`variables.hosts`, [domain, ...others]),
    good: [
      route("HTTPRoute", [domain]),
      route("GRPCRoute", [`cart.${domain}`, ...others.map((other) => `cart.${other}`)]),
    ],
    bad: [
      violation(route("HTTPRoute"), "a rule has no host"),
      violation(route("HTTPRoute", []), "a rule has no host"),
      violation(route("GRPCRoute", [`cart.${domain}`, `*.${domain}`]), `the host is *.${domain}`),
      violation(route("HTTPRoute", [`evil${domain}`]), `the host is evil${domain}`),
    ],
  }),
});
