import { type ExceptionOptions, enforce, except, type Finding, type PlatformInput, plan, warn } from "@plinth/core";
import {
  exampleDevelopment,
  examplePlatform,
  examplePlatformInput,
  exampleProduction,
  exampleTeam,
} from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { admissionPolicies } from "../admission/admission-policies.ts";
import { policyCatalog } from "../admission/catalog.ts";
import { exceptionFindings } from "./exception-findings.ts";

const options: ExceptionOptions = {
  for: { service: "checkout" },
  because: "Its library reads the host's time zone.",
  ticket: "SEC-212",
  approvedBy: "security",
  owner: "backend",
  until: "2027-03-31",
};

function findingsOf(
  policy: string,
  changes: Partial<ExceptionOptions> = {},
  { today, ...platform }: Partial<PlatformInput> & { today?: string } = {},
): readonly Finding[] {
  const policyExceptions = [except(policy, { ...options, ...changes, name: "x" })];
  return exceptionFindings(examplePlatform({ ...platform, policyExceptions }), policyCatalog, today);
}

describe("an exception", () => {
  test("that is needed is no finding, and the component says the others", () => {
    expect(findingsOf("disallow-host-path", { in: "production" })).toEqual([]);
    const platform = examplePlatform({ policyExceptions: [except("disallow-host-pat", options)] });
    expect(plan(platform, [admissionPolicies]).findings).toMatchObject([
      { code: "unknown-reference", component: "admission-policies" },
    ]);
  });

  test.each([
    ["disallow-host-pat", "disallow-host-path"],
    ["disallow-host-path-enforce", "disallow-host-path"],
    ["disalow-latest-tag", "disallow-latest-tag"],
  ])("from %s is meant from %s", (written, meant) =>
    expect(findingsOf(written)).toMatchObject([
      {
        code: "unknown-reference",
        severity: "error",
        path: "policyExceptions[x].policy",
        example: JSON.stringify(meant),
        hint: `did you mean ${meant}?`,
      },
    ]),
  );

  test("is from a policy that finds fault, not from one that changes objects", () =>
    expect(findingsOf("default-security-context")).toMatchObject([
      {
        code: "conflicting-fields",
        path: "policyExceptions[x].policy",
        message: "default-security-context changes objects: it finds fault with nothing that could be let pass",
        example: expect.stringContaining('"'),
      },
    ]));

  test.each(["*", "pod-security", "pod-security/baseline"])("is from one policy, not from %s", (policy) =>
    expect(findingsOf(policy)).toMatchObject([
      {
        code: "conflicting-fields",
        severity: "error",
        path: "policyExceptions[x].policy",
        message: expect.stringMatching(/ is \d+ policies: an exception is from one/),
      },
    ]),
  );

  test("is not needed from a policy that never refuses", () =>
    expect(findingsOf("require-replicas")).toMatchObject([
      { code: "without-effect", severity: "error", path: "policyExceptions[x].policy" },
    ]));

  test("is for a kind that its policy judges", () =>
    expect(
      findingsOf("disallow-host-path", { for: { team: "backend", resource: { kind: "Deploymnt", name: "old" } } }),
    ).toMatchObject([
      { code: "without-effect", path: "policyExceptions[x].for.resource.kind", example: 'kind: "Deployment"' },
    ]));

  test("names a team for what is in namespaces, and none for what is not", () => {
    expect(findingsOf("disallow-host-path", { for: { resource: { kind: "Pod", name: "old" } } })).toMatchObject([
      {
        code: "conflicting-fields",
        path: "policyExceptions[x].for",
        example: 'for: { team: "backend", resource: { kind: "Pod", name: "old-api" } }',
      },
    ]);
    expect(findingsOf("disallow-wildcards-in-cluster-roles", { for: { team: "backend" } })).toMatchObject([
      {
        code: "conflicting-fields",
        path: "policyExceptions[x].for",
        example: 'for: { resource: { kind: "ClusterRole", name: "node-reader" } }',
      },
    ]);
  });

  test.each(["*", "checkout-*", "Checkout"])("is for one object, which is not named %j", (name) => {
    expect(
      findingsOf("disallow-host-path", { for: { team: "backend", resource: { kind: "Deployment", name } } }),
    ).toMatchObject([
      { code: "invalid-field", path: "policyExceptions[x].for.resource.name", example: 'name: "old-api"' },
    ]);
  });

  test("for everything of a team is a warning", () =>
    expect(findingsOf("disallow-host-path", { for: { team: "backend" } })).toMatchObject([
      {
        severity: "warning",
        path: "policyExceptions[x].for",
        message: "holds for everything that the team backend will ever run",
      },
    ]));

  test("names images, of pods", () => {
    expect(findingsOf("disallow-host-path", { images: ["*", "a*b", "registry.example.com/old/*"] })).toMatchObject([
      { path: "policyExceptions[x].images[0]", example: '"registry.example.com/legacy/*"' },
      { path: "policyExceptions[x].images[1]" },
    ]);
    expect(findingsOf("disallow-node-ports", { images: ["busybox:1"] })).toMatchObject([
      { code: "conflicting-fields", path: "policyExceptions[x].images" },
    ]);
  });

  test("is of use where its policy refuses, or is to", () => {
    const idle = {
      code: "without-effect",
      severity: "warning",
      path: "policyExceptions[x].environments",
      message: "disallow-host-path refuses nothing there in development: it reports",
    };
    expect(findingsOf("disallow-host-path", { in: "development" })).toMatchObject([idle]);
    expect(findingsOf("disallow-host-path")).toEqual([]);
    for (const policyRollouts of [
      [enforce("pod-security", { in: "development", owner: "backend" })],
      [warn("pod-security", { in: "development", owner: "backend" })],
    ])
      expect(findingsOf("disallow-host-path", { in: "development" }, { policyRollouts })).toEqual([]);
    const elsewhere = [enforce("pod-security", { in: "development", teams: ["frontend"], owner: "backend" })];
    expect(findingsOf("disallow-host-path", { in: "development" }, { policyRollouts: elsewhere })).toMatchObject([
      idle,
    ]);
  });

  test("is of no use where its service does not run, or its policy judges nothing", () => {
    const services = examplePlatformInput().services.map((service) =>
      service.name === "mailer" ? { ...service, environments: ["development"] } : service,
    );
    const old = { ...exampleProduction().cluster, kubernetes: "1.33" };
    const environments = [exampleDevelopment(), exampleProduction({ cluster: old })];
    expect(findingsOf("disallow-host-probes", { in: "production" }, { environments })).toMatchObject([
      {
        code: "without-effect",
        severity: "error",
        path: "policyExceptions[x].environments",
        message: "disallow-host-probes judges nothing in production: what it reads came with Kubernetes 1.34",
      },
    ]);
    expect(findingsOf("disallow-host-path", { for: { service: "mailer" } }, { services })).toMatchObject([
      { severity: "warning", message: expect.stringContaining("development") },
    ]);
  });

  test("is spoken of before it ends, and has to go after", () => {
    const on = (today: string): readonly Finding[] => findingsOf("disallow-host-path", {}, { today });
    expect(on("2027-03-16")).toEqual([]);
    for (const [today, words] of [
      ["2027-03-17", "14 more days"],
      ["2027-03-30", "one more day"],
      ["2027-03-31", "today"],
    ] as const)
      expect(on(today)).toMatchObject([
        {
          code: "expired",
          severity: "warning",
          path: "policyExceptions[x].until",
          message: `holds until 2027-03-31: ${words}`,
        },
      ]);
    expect(on("2027-04-01")).toMatchObject([
      { code: "expired", severity: "error", path: "policyExceptions[x].until", message: "held until 2027-03-31" },
    ]);
  });

  test("does not lie where a team may write", () =>
    expect(
      findingsOf(
        "disallow-host-path",
        {},
        { teams: [exampleTeam("backend"), exampleTeam("frontend", { namespace: "policy-exceptions" })] },
      ),
    ).toMatchObject([{ path: "teams[frontend].namespace", example: '"team-frontend"' }]));
});
