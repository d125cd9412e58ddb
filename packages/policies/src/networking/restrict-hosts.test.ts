import { fieldAt, listAt } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { policyIn } from "../admission/policy.ts";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { restrictIngressHosts, restrictRouteHosts } from "./restrict-hosts.ts";

/** The rule once more: a host is a domain, or a name below one, without a wildcard. */
function refused(hosts: readonly string[], domains: unknown): string[] {
  const allowed = listAt({ domains }, "domains").map(String);
  return hosts
    .filter((host) => host.includes("*") || !allowed.some((domain) => `.${host}`.endsWith(`.${domain}`)))
    .map((host) => (host === "" ? "a rule has no host" : `the host is ${host}`));
}

const ingressHosts = ({ resource }: ObjectFixture): string[] => [
  ...listAt(resource, "spec", "rules").map((rule) => valueTextAt(rule, "host")),
  ...(fieldAt(resource, "spec", "defaultBackend") === undefined ? [] : [""]),
];

function routeHosts({ resource }: ObjectFixture): string[] {
  const hosts = listAt(resource, "spec", "hostnames").map(String);
  return hosts.length === 0 ? [""] : hosts;
}

describe("the hosts of Ingresses and routes", () => {
  test("are below the named domains, one by one", () => {
    expect(
      disagreements(restrictIngressHosts, (each, parameters) => refused(ingressHosts(each), parameters("domains"))),
    ).toEqual([]);
    expect(
      disagreements(restrictRouteHosts, (each, parameters) => refused(routeHosts(each), parameters("domains"))),
    ).toEqual([]);
  });

  test("are below the platform's own domain", () => {
    const platform = examplePlatform({ domain: "shop.example.org" });
    const [environment] = platform.environments;
    if (environment === undefined) throw new Error("the example has environments");
    for (const policy of [restrictIngressHosts, restrictRouteHosts])
      expect(policyIn(policy, platform, environment)?.parameters["domains"]?.value).toEqual(["shop.example.org"]);
  });
});
