import { describe, expect, it } from "vitest";
import type { Finding } from "../finding.ts";
import { examplePlatform, examplePlatformInput } from "../testing.ts";
import { buildPlatform } from "./build-platform.ts";
import {
  audit,
  definePlatform,
  definePolicyException,
  definePolicyRollout,
  type ExceptionOptions,
  enforce,
  except,
  warn,
} from "./define.ts";
import type { PlatformInput } from "./platform.ts";

const findingsOf = (changes: Partial<PlatformInput>): readonly Finding[] =>
  buildPlatform(definePlatform({ ...examplePlatformInput(), ...changes })).findings;

describe("a policy rollout", () => {
  it("is an action of policies somewhere, with an owner and what comes next", () => {
    const rollout = warn("pod-security/restricted", {
      in: "development",
      teams: ["backend"],
      owner: "backend",
      since: "2026-11-01",
      next: { action: "enforce", on: "2027-01-15" },
    });
    const platform = examplePlatform({ policyRollouts: [rollout] });
    expect(platform.policyRollouts).toMatchObject([
      {
        name: "warn-pod-security-restricted-development-backend",
        policies: "pod-security/restricted",
        action: "warn",
        environments: ["development"],
        teams: ["backend"],
        next: { action: "enforce", on: "2027-01-15" },
      },
    ]);
    expect(platform.policyRollouts[0]?.source?.file).toContain("policy-entries.test.ts");
  });

  it("says the same in full", () => {
    const full = definePolicyRollout({ name: "audit-all", policies: "*", action: "audit", owner: "platform-admins" });
    expect(full).toEqual(audit("*", { owner: "platform-admins" }));
    expect(findingsOf({ policyRollouts: [full] })).toEqual([]);
  });

  it("names environments, teams and an owner that exist", () =>
    expect(
      findingsOf({ policyRollouts: [enforce("*", { name: "all", in: "prodution", teams: ["bakend"], owner: "ops" })] }),
    ).toMatchObject([
      { code: "unknown-reference", path: "policyRollouts[all].environments[0]", hint: "did you mean production?" },
      { code: "unknown-reference", path: "policyRollouts[all].owner", example: 'owner: "backend"' },
      { code: "unknown-reference", path: "policyRollouts[all].teams[0]", hint: "did you mean backend?" },
    ]));

  it("goes on to something else, later", () => {
    const next = (action: "audit" | "enforce", on: string): Partial<PlatformInput> => ({
      policyRollouts: [audit("*", { owner: "backend", since: "2026-12-31", next: { action, on } })],
    });
    expect(findingsOf(next("audit", "2027-01-01"))).toMatchObject([
      { code: "conflicting-fields", path: "policyRollouts[audit-all].next.action" },
    ]);
    expect(findingsOf(next("enforce", "2026-12-31"))).toMatchObject([
      { code: "conflicting-fields", path: "policyRollouts[audit-all].next.on", example: 'on: "2027-01-01"' },
    ]);
    expect(findingsOf(next("enforce", "2027-01-01"))).toEqual([]);
    expect(findingsOf(next("enforce", "2027-02-30"))).toMatchObject([
      { code: "invalid-field", path: "policyRollouts[audit-all].next.on", example: 'on: "2027-03-31"' },
    ]);
  });

  it("is said once", () => {
    const entry = audit("*", { owner: "backend" });
    expect(findingsOf({ policyRollouts: [entry, { ...entry }] })).toMatchObject([{ code: "duplicate-name" }]);
  });
});

describe("a policy exception", () => {
  const options: ExceptionOptions = {
    for: { service: "checkout" },
    because: "Its library reads the host's time zone.",
    ticket: "SEC-212",
    approvedBy: "platform",
    owner: "backend",
    until: "2027-03-31",
  };

  it("says for what, why, who approved it, and its last day", () => {
    const exception = except("disallow-host-path", { ...options, in: "production" });
    const platform = examplePlatform({ policyExceptions: [exception] });
    expect(platform.policyExceptions).toMatchObject([
      { ...options, for: { service: "checkout" }, name: "checkout-disallow-host-path", environments: ["production"] },
    ]);
    expect(platform.policyExceptions[0]?.source?.file).toContain("policy-entries.test.ts");
    const full = { name: "clock", policy: "disallow-host-path", ...options };
    expect(findingsOf({ policyExceptions: [definePolicyException(full)] })).toEqual([]);
    expect(
      except("disallow-host-path", {
        ...options,
        for: { team: "backend", resource: { kind: "CronJob", name: "tidy" } },
      }).name,
    ).toBe("backend-cronjob-tidy-disallow-host-path");
  });

  it("is for a service, a team or an object, and for things that exist", () => {
    expect(
      findingsOf({ policyExceptions: [{ ...options, name: "all", policy: "disallow-host-path", for: {} }] }),
    ).toMatchObject([
      {
        code: "invalid-field",
        path: "policyExceptions[all].for",
        message: "names nothing: it would hold for everything",
        example: 'for: { team: "data", resource: { kind: "StatefulSet", name: "kafka" } }',
      },
    ]);
    expect(
      findingsOf({
        policyExceptions: [
          except("disallow-host-path", { ...options, for: { service: "chekout" }, in: ["production", "prod"] }),
          except("disallow-host-path", { ...options, for: { team: "dta" }, owner: "nobody" }),
        ],
      }),
    ).toMatchObject(
      [
        { path: "policyExceptions[dta-disallow-host-path].owner" },
        { path: "policyExceptions[dta-disallow-host-path].for.team" },
        { path: "policyExceptions[chekout-disallow-host-path].environments[1]" },
        { path: "policyExceptions[chekout-disallow-host-path].for.service", hint: "did you mean checkout?" },
      ]
        .toSorted((one, other) => one.path.localeCompare(other.path))
        .map((finding) => expect.objectContaining(finding)),
    );
  });

  it("holds where its service runs", () => {
    const services = examplePlatformInput().services.map((service) =>
      service.name === "mailer" ? { ...service, environments: ["production"] } : service,
    );
    const exception = except("disallow-host-path", { ...options, for: { service: "mailer" }, in: "development" });
    expect(findingsOf({ services, policyExceptions: [exception] })).toMatchObject([
      {
        code: "without-effect",
        path: "policyExceptions[mailer-disallow-host-path].environments[0]",
        message: "mailer does not run in development",
        example: 'environments: ["production"]',
      },
    ]);
  });

  it("has a reason, a ticket, an approver, an owner and a last day", () =>
    expect(
      findingsOf({
        policyExceptions: [{ ...options, name: "x", policy: "disallow-host-path", because: "", until: "soon" }],
      }),
    ).toMatchObject([
      { code: "invalid-field", path: "policyExceptions[x].because" },
      { code: "invalid-field", path: "policyExceptions[x].until", example: 'until: "2027-03-31"' },
    ]));
});
