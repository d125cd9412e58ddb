import { environmentNamed, type Platform, plan, type Resource } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { readCel } from "../admission/cel-text.ts";
import { messageOf } from "../admission/policy.ts";
import { actorsOf } from "./actors.ts";
import { guardRailPolicy } from "./guard-rail.ts";
import { createGuardRails, guardRails, guardRailsIn } from "./guard-rails.ts";
import { guardedOf } from "./guarded.ts";

const emergency = {
  name: "outage",
  group: "break-glass-outage",
  role: "cluster-admin",
  environment: "production",
  because: "the cluster has to be repaired by hand",
  ticket: "INC-1",
  approvedBy: "ada",
  until: "2026-12-31",
};
const platform = examplePlatform({ breakGlass: [emergency] });
const production = environmentNamed(platform, "production");
const rails = guardRailsIn(platform, production);

function rendered(of: Platform = platform, environment = "production"): readonly Resource[] {
  return plan(of, [guardRails]).files.flatMap(({ entry, resource }) =>
    resource !== undefined && (entry.environment === undefined || entry.environment === environment) ? [resource] : [],
  );
}

function textOf(name: string, of: Platform = platform, environment = "production"): string {
  const found = rendered(of, environment).find(
    ({ kind, metadata }) => kind === "ValidatingAdmissionPolicy" && metadata.name === name,
  );
  return JSON.stringify(found?.["spec"]);
}

describe("guard rails", () => {
  it("are a valid plan, each a policy with a binding that refuses and records", () => {
    expect(plan(platform, [guardRails]).findings).toEqual([]);
    const resources = rendered();
    const policies = resources.filter(({ kind }) => kind === "ValidatingAdmissionPolicy");
    const bindings = resources.filter(({ kind }) => kind === "ValidatingAdmissionPolicyBinding");
    expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual(rails.map(({ name }) => name).sort());
    for (const policy of policies) expect(policy["spec"]).toMatchObject({ failurePolicy: "Fail" });
    expect(bindings.map((binding) => binding["spec"])).toEqual(
      policies.map(({ metadata }) => ({ policyName: metadata.name, validationActions: ["Deny", "Audit"] })),
    );
  });

  it.each(rails)("$name is tried: something is refused, something is let through", ({ attempts }) => {
    const refused = attempts.filter(({ offenders }) => offenders !== undefined);
    expect(refused).not.toEqual([]);
    expect(refused).not.toHaveLength(attempts.length);
  });

  it.each(rails)("$name says what to do instead, in a sentence", ({ why, fix, title, name }) => {
    expect(name).toMatch(/^guard-[a-z-]+$/);
    for (const sentence of [why, fix]) expect(sentence).toMatch(/^\S.*\.$/);
    expect(title).not.toMatch(/\.$/);
    expect(messageOf({ fix }, ["something"])).toMatch(/^something\. [A-Z].*\.$/);
  });

  it.each(rails)("$name is CEL that parses and reads variables that there are", (rail) => {
    for (const resource of guardRailPolicy(rail)) {
      const text = JSON.stringify(resource["spec"]);
      const declared = [...text.matchAll(/"name":"(\w+)","expression"/g)].map(([, name]) => name);
      for (const [, quoted = ""] of text.matchAll(/"(?:expression|messageExpression)":("(?:[^"\\]|\\.)*")/g)) {
        const { problems, variables } = readCel(String(JSON.parse(quoted)));
        expect(problems).toEqual([]);
        expect(variables.filter((variable) => !declared.includes(variable))).toEqual([]);
      }
    }
  });

  it("are tried by people whom the platform knows", () => {
    const actors = actorsOf(guardedOf(platform));
    for (const { attempts } of rails) for (const { by } of attempts) expect([...actors.keys()]).toContain(by);
  });

  it("are on a page for whoever was refused", () => {
    const [page] = guardRails.documents?.(platform) ?? [];
    expect(page?.path).toBe("docs/policies/guard-rails.md");
    for (const { name, title } of rails) expect(page?.text).toContain(`[${title}](#${name})`);
    expect(page?.text).toContain("| high | production |");
    expect(page?.text).toContain("Namespace team-backend is deleted by jane");
  });
});

describe("who passes", () => {
  it("is whoever applies the foundation, and who may set a cluster up in an emergency", () =>
    expect(guardedOf(platform).keepers).toEqual({
      groups: ["break-glass-outage", "platform-admins", "system:masters"],
      users: [],
    }));

  it("is nobody who repairs one namespace", () => {
    const repaired = examplePlatform({ breakGlass: [{ ...emergency, role: "namespace-rescuer", team: "backend" }] });
    expect(guardedOf(repaired).keepers.groups).toEqual(["platform-admins", "system:masters"]);
    expect(textOf("guard-closed-pods", repaired)).toContain("'team-backend': ['break-glass-outage']");
    expect(textOf("guard-closed-pods", repaired)).toContain("'team-frontend': []");
  });

  it("is a pipeline that is named", () => {
    const { shared } = createGuardRails({ keepers: { users: ["system:serviceaccount:pipelines:foundation"] } });
    expect(JSON.stringify(shared?.(platform))).toContain(
      "request.userInfo.username in ['system:serviceaccount:pipelines:foundation']",
    );
  });

  it("is Kyverno at what is Kyverno's, where it runs", () => {
    for (const name of ["guard-policies", "guard-kyverno-webhooks", "guard-policy-exceptions"])
      expect(textOf(name)).toContain("'system:serviceaccounts:kyverno'");
    expect(textOf("guard-foundation-limits")).not.toContain("system:serviceaccounts:");
  });
});

describe("closed pods", () => {
  const names = (of: Platform, environment: string): string[] =>
    rendered(of, environment).map(({ metadata }) => metadata.name);

  it("are closed in production, and open where developers may enter them", () => {
    expect(names(platform, "production")).toContain("guard-closed-pods");
    expect(names(platform, "development")).not.toContain("guard-closed-pods");
  });

  it("are closed in production whatever its access says", () => {
    const open = examplePlatform({
      environments: [exampleDevelopment(), exampleProduction({ access: { writers: "delivery", exec: true } })],
    });
    expect(names(open, "production")).toContain("guard-closed-pods");
  });

  it("open to break-glass where it is declared, and nowhere else", () => {
    const elsewhere = examplePlatform({ breakGlass: [{ ...emergency, environment: "development" }] });
    expect(textOf("guard-closed-pods")).toContain("break-glass-outage");
    expect(textOf("guard-closed-pods", elsewhere)).not.toContain("break-glass-outage");
  });

  it("are none where there is no team", () =>
    expect(names(examplePlatform({ teams: [], services: [], dataStores: [] }), "production")).not.toContain(
      "guard-closed-pods",
    ));
});

describe("what is wrong with the options", () => {
  const findings = (options: Parameters<typeof createGuardRails>[0]) =>
    createGuardRails(options).check?.(platform, {}) ?? [];

  it.each(["system:authenticated", "system:serviceaccounts", "system:serviceaccounts:team-backend"])(
    "is %s as a keeper",
    (group) =>
      expect(findings({ keepers: { groups: [group] } })).toMatchObject([
        { code: "invalid-field", path: "keepers.groups" },
      ]),
  );

  it("is nothing about a group and an account", () =>
    expect(findings({ keepers: { groups: ["platform-deployers"], users: ["ci"] } })).toEqual([]));
});
