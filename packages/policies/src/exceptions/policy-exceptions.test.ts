import {
  type ExceptionOptions,
  enforce,
  environmentNamed,
  except,
  type Platform,
  type PolicyExceptionInput,
  plan,
  type Resource,
  resourceFindings,
} from "@plinth/core";
import { exampleDevelopment, examplePlatform, examplePlatformInput, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { admissionPolicies } from "../admission/admission-policies.ts";
import { policyCatalog } from "../admission/catalog.ts";
import { parseCel } from "../admission/cel-syntax.ts";
import { exceptionsNamespace, policyExceptions } from "./policy-exceptions.ts";

const options: ExceptionOptions = {
  for: { service: "checkout" },
  because: "Its library reads the host's time zone.",
  ticket: "SEC-212",
  approvedBy: "security",
  owner: "backend",
  until: "2027-03-31",
};

const platformWith = (...exceptions: readonly PolicyExceptionInput[]): Platform =>
  examplePlatform({ policyExceptions: exceptions });

const renderedIn = (platform: Platform, environment: string): readonly Resource[] =>
  policyExceptions(policyCatalog, platform, environmentNamed(platform, environment));

function conditionsOf(exception: PolicyExceptionInput): Record<string, string> {
  const [, resource] = renderedIn(platformWith(exception), "production");
  const spec: unknown = resource?.["spec"];
  const conditions: unknown = typeof spec === "object" && spec !== null ? Reflect.get(spec, "matchConditions") : [];
  if (!Array.isArray(conditions)) throw new TypeError("no conditions");
  return Object.fromEntries(conditions.map(({ name, expression }) => [name, expression]));
}

describe("an exception", () => {
  test("is an object in the namespace of exceptions, which comes with it", () => {
    const exception = except("disallow-host-path", { ...options, in: "production" });
    const platform = platformWith(exception);
    const [namespace, object] = renderedIn(platform, "production");
    expect(namespace).toMatchObject({
      kind: "Namespace",
      metadata: { name: exceptionsNamespace, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    });
    expect(object).toMatchObject({
      apiVersion: "policies.kyverno.io/v1",
      kind: "PolicyException",
      metadata: { name: "checkout-disallow-host-path", namespace: exceptionsNamespace },
      spec: {
        reportResult: "skip",
        properties: { reason: options.because, ticket: "SEC-212", "approved-by": "security", owner: "backend" },
      },
    });
    expect(renderedIn(platform, "development")).toEqual([]);
    expect(renderedIn(examplePlatform(), "production")).toEqual([]);
  });

  test("is from every object that its policy can be, so that a rollout changes no exception", () => {
    const exception = except("disallow-host-path", options);
    const [, object] = renderedIn(platformWith(exception), "production");
    expect(object).toMatchObject({
      spec: {
        policyRefs: ["disallow-host-path", "disallow-host-path-warn", "disallow-host-path-enforce"].map((name) => ({
          name,
          kind: "ValidatingPolicy",
        })),
      },
    });
    const rolledOut = examplePlatform({
      policyExceptions: [exception],
      policyRollouts: [enforce("*", { owner: "backend" })],
    });
    expect(renderedIn(rolledOut, "development")).toEqual(renderedIn(platformWith(exception), "development"));
  });

  test("holds to the end of its last day", () => {
    for (const [until, expiresAt] of [
      ["2027-03-31", "2027-04-01T00:00:00Z"],
      ["2027-12-31", "2028-01-01T00:00:00Z"],
      ["2028-02-28", "2028-02-29T00:00:00Z"],
    ] as const)
      expect(
        renderedIn(platformWith(except("disallow-host-path", { ...options, until })), "production")[1],
      ).toMatchObject({ spec: { expiresAt } });
  });

  test("is rendered whatever the day", () => {
    const platform = platformWith(except("disallow-host-path", options));
    const files = (today: string): unknown[] =>
      plan(platform, [admissionPolicies], { today }).files.map(({ path, text }) => [path, text()]);
    expect(files("2030-01-01")).toEqual(files("2026-11-21"));
  });

  test("is where its service runs and its policy judges", () => {
    const services = examplePlatformInput().services.map((service) =>
      service.name === "mailer" ? { ...service, environments: ["production"] } : service,
    );
    const platform = examplePlatform({
      services,
      environments: [
        exampleDevelopment({ cluster: { ...exampleDevelopment().cluster, kubernetes: "1.33" } }),
        exampleProduction(),
      ],
      policyExceptions: [
        except("disallow-host-path", { ...options, for: { service: "mailer" } }),
        except("disallow-host-probes", options),
      ],
    });
    expect(renderedIn(platform, "development")).toEqual([]);
    expect(renderedIn(platform, "production").map(({ kind }) => kind)).toEqual([
      "Namespace",
      "PolicyException",
      "PolicyException",
    ]);
  });
});

describe("what an exception holds for", () => {
  const of = (kind: string, name: string): PolicyExceptionInput =>
    except("disallow-host-path", { ...options, for: { team: "backend", resource: { kind, name } } });

  test("is what a service runs as, with its pods, and no other of a name that begins alike", () =>
    expect(conditionsOf(except("disallow-host-path", options))).toEqual({
      namespace: "object.metadata.?namespace.orValue('') == 'team-backend'",
      object: [
        "(object.?kind.orValue('') in ['Deployment'] && object.metadata.?name.orValue('') == 'checkout')",
        "  || (object.?kind.orValue('') == 'Pod' && (object.metadata.?ownerReferences.orValue([])).exists(o,",
        "  o.kind == 'ReplicaSet' && o.name == 'checkout-' + object.metadata.?labels[?'pod-template-hash'].orValue('')))",
      ].join("\n"),
    }));

  test("is a Job of a CronJob, and the pods of that", () => {
    const { object } = conditionsOf(of("CronJob", "tidy.up"));
    expect(object).toContain("o.kind == 'CronJob' && o.name == 'tidy.up'");
    expect(object).toContain("o.name.matches('^tidy[.]up-[0-9]+$')");
  });

  test("is one object where nothing is made of it", () =>
    expect(conditionsOf(of("Pod", "shell"))["object"]).toBe(
      "(object.?kind.orValue('') in ['Pod'] && object.metadata.?name.orValue('') == 'shell')",
    ));

  test("is what a service has of other kinds", () =>
    expect(conditionsOf(except("disallow-node-ports", options))["object"]).toBe(
      "(object.?kind.orValue('') in ['Service'] && object.metadata.?name.orValue('') == 'checkout')",
    ));

  test("is in a namespace, or in none, or is one", () => {
    expect(Object.keys(conditionsOf(except("require-labels", { ...options, for: { team: "backend" } })))).toEqual([
      "namespace",
    ]);
    const role = { resource: { kind: "ClusterRole", name: "system-probe:reader" } };
    expect(conditionsOf(except("disallow-wildcards-in-cluster-roles", { ...options, for: role }))).toEqual({
      object:
        "(object.?kind.orValue('') in ['ClusterRole'] && object.metadata.?name.orValue('') == 'system-probe:reader')",
    });
    expect(conditionsOf(except("require-pod-security-level", { ...options, for: { team: "backend" } }))).toEqual({
      object: "(object.?kind.orValue('') in ['Namespace'] && object.metadata.?name.orValue('') == 'team-backend')",
    });
  });

  test("runs no image but those that it names", () => {
    const { images } = conditionsOf(
      except("disallow-host-path", { ...options, images: ["busybox:1.37", "registry.example.com/old/*"] }),
    );
    expect(images).toContain("object.?spec.?jobTemplate.?spec.?template.?spec.?initContainers.orValue([])");
    expect(images).toContain("in ['busybox:1.37'] || ['registry.example.com/old/'].exists(beginning,");
  });

  test("is CEL that parses, in an object that is valid, for every policy and kind", () => {
    for (const exception of [
      of("Deployment", "a"),
      of("StatefulSet", "a"),
      of("DaemonSet", "a"),
      of("Job", "it's"),
      of("CronJob", "a"),
      except("disallow-host-path", { ...options, images: ["a*", "b'c"] }),
    ])
      for (const expression of Object.values(conditionsOf({ ...exception, name: "x" })))
        expect(parseCel(expression).problem).toBeUndefined();
    const platform = platformWith(except("disallow-host-path", options));
    for (const resource of renderedIn(platform, "production")) expect(resourceFindings(resource)).toEqual([]);
  });
});
