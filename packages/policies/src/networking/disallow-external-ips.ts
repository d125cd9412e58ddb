import { cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { service } from "./service-fixture.ts";

/**
 * No Service takes the traffic of an address that is not its own.
 *
 * @see https://github.com/kubernetes/kubernetes/issues/97110
 */
export const disallowExternalIps: Policy<ObjectFixture> = definePolicy({
  name: "disallow-external-ips",
  title: "Disallow external addresses of Services",
  category: "Networking",
  severity: "high",
  why: "Whoever names an address in externalIPs receives what the whole cluster sends to it (CVE-2020-8554).",
  fix: "Remove externalIPs: the ingress gateway makes a service public.",
  match: objects(["Service"]),
  offenders: cel`object.spec.?externalIPs.orValue([]).map(address, 'externalIPs has ' + address)`,
  good: [service(), service({ externalIPs: [] })],
  bad: [
    violation(service({ externalIPs: ["203.0.113.7"] }), "externalIPs has 203.0.113.7"),
    violation(
      service({ type: "LoadBalancer", externalIPs: ["203.0.113.7", "2001:db8::7"] }),
      "externalIPs has 203.0.113.7",
      "externalIPs has 2001:db8::7",
    ),
  ],
});
