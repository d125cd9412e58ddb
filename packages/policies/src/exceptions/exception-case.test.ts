import { type ExceptionOptions, environmentNamed, except, warn } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { policyCatalog } from "../admission/catalog.ts";
import type { KyvernoCase } from "../kyverno-cli/case.ts";
import { exceptionCases } from "./exception-case.ts";

function casesOf(policy: string, changes: Partial<ExceptionOptions> = {}): readonly KyvernoCase[] {
  const exception = except(policy, {
    for: { service: "checkout" },
    because: "Tries it.",
    ticket: "TRY-1",
    approvedBy: "security",
    owner: "backend",
    until: "2027-03-31",
    ...changes,
  });
  const platform = examplePlatform({
    policyRollouts: [warn("disallow-host-path", { teams: ["frontend"], owner: "backend" })],
    policyExceptions: [exception],
  });
  return platform.policyExceptions.flatMap((each) =>
    exceptionCases(each, policyCatalog, platform, environmentNamed(platform, "production")),
  );
}

const rowsOf = (given: KyvernoCase | undefined): string[] =>
  (given?.expected ?? []).map(
    ({ policy, kind, namespace, name, result }) => `${result} ${policy} ${kind} ${namespace}/${name}`,
  );

describe("the cases of an exception", () => {
  test("have what it names let pass, and fail once it is taken away; neighbours fail all the same", () => {
    const [held, taken] = casesOf("disallow-host-path");
    expect(rowsOf(held)).toEqual([
      "skip disallow-host-path-enforce Deployment team-backend/checkout",
      "skip disallow-host-path-enforce Pod team-backend/checkout-6d4cf56db6-x7k2p",
      "fail disallow-host-path-enforce Deployment team-backend/checkout-2",
      "fail disallow-host-path-enforce Pod team-backend/checkout-2-6d4cf56db6-x7k2p",
      "fail disallow-host-path-warn Deployment team-frontend/checkout",
      "fail disallow-host-path-warn Pod team-frontend/checkout-6d4cf56db6-x7k2p",
    ]);
    expect(rowsOf(taken)).toEqual(rowsOf(held).map((row) => row.replace("skip", "fail")));
    expect(held?.arguments).toContain("--exception");
    expect(taken?.arguments).not.toContain("--exception");
    expect(taken?.files.map(({ path }) => path)).not.toContain("exceptions.yaml");
  });

  test("say what is said of what fails, unless images are others", () => {
    const messages = (given: readonly KyvernoCase[]): (string | undefined)[] =>
      given.flatMap(({ expected }) => expected.map(({ message }) => message));
    expect(new Set(messages(casesOf("disallow-node-ports")))).toEqual(
      new Set([undefined, expect.stringContaining("NodePort")]),
    );
    expect(new Set(messages(casesOf("disallow-host-path", { images: ["registry.example.com/old/*"] })))).toEqual(
      new Set([undefined]),
    );
  });

  test("are of what is in no namespace, and of the Namespace of a team", () => {
    const role = { resource: { kind: "ClusterRole", name: "crossplane" } };
    expect(rowsOf(casesOf("disallow-wildcards-in-cluster-roles", { for: role })[0])).toEqual([
      "skip disallow-wildcards-in-cluster-roles-enforce ClusterRole /crossplane",
      "fail disallow-wildcards-in-cluster-roles-enforce ClusterRole /crossplane-2",
    ]);
    expect(rowsOf(casesOf("require-pod-security-level", { for: { team: "backend" } })[0])).toEqual([
      "skip require-pod-security-level-enforce Namespace /team-backend",
      "fail require-pod-security-level-enforce Namespace /team-frontend",
    ]);
  });

  test("are none where the exception does not hold", () => {
    expect(casesOf("disallow-host-path", { in: "development" })).toEqual([]);
    expect(casesOf("no-such-policy")).toEqual([]);
  });

  test("have no row for a kind that no bad object is of", () =>
    expect(
      casesOf("disallow-node-ports", { for: { team: "backend", resource: { kind: "Ingress", name: "shop" } } }).map(
        ({ expected }) => expected,
      ),
    ).toEqual([[], []]));
});
