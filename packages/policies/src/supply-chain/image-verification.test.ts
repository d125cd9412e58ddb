import { fieldAt, listAt, resourceFindings } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { createAdmissionPolicies } from "../admission/admission-policies.ts";
import { parseCel } from "../admission/cel-syntax.ts";
import { valueTextAt } from "../admission/restatement.fixture.ts";
import { type ImageVerification, imageVerificationFindings, imageVerificationPolicies } from "./image-verification.ts";
import { imageVerificationCase } from "./image-verification-case.fixture.ts";

const platform = examplePlatform({ environments: [exampleDevelopment(), exampleProduction()] });
const [development, production] = platform.environments;
if (development === undefined || production === undefined) throw new Error("the example has two environments");

const verification: ImageVerification = {
  images: ["registry.example.com/shop/*"],
  signers: [
    {
      name: "release",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "https://github.com/shop/shop/.github/workflows/release.yml@refs/heads/main",
    },
    {
      name: "hotfix",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "^https://github\\.com/shop/shop/\\.github/workflows/hotfix\\.yml@refs/tags/v.+$",
    },
  ],
  attestations: [{ name: "sbom", type: "https://cyclonedx.org/bom" }],
};

describe("the verification of images", () => {
  const [policy] = imageVerificationPolicies(verification, platform, production);

  test("reports where policies report and refuses where they refuse, in the namespaces of teams", () => {
    const [audit] = imageVerificationPolicies(verification, platform, development);
    expect(audit).toMatchObject({ metadata: { name: "verify-images" }, spec: { validationActions: ["Audit"] } });
    expect(policy).toMatchObject({
      kind: "ImageValidatingPolicy",
      metadata: { name: "verify-images-enforce" },
      spec: { validationActions: ["Deny"], failurePolicy: "Fail" },
    });
    const selector = fieldAt(policy, "spec", "matchConstraints", "namespaceSelector", "matchExpressions", 0);
    expect(selector).toMatchObject({ operator: "In", values: ["team-backend", "team-frontend"] });
    expect(
      imageVerificationPolicies({ ...verification, refuseIn: ["development"] }, platform, development),
    ).toMatchObject([{ metadata: { name: "verify-images-enforce" } }]);
  });

  test("is a valid object, with what the CRD would fill in", () => {
    expect(policy === undefined ? [] : resourceFindings(policy)).toEqual([]);
    expect(policy).toMatchObject({
      spec: {
        evaluation: { admission: { enabled: true }, background: { enabled: true } },
        validationConfigurations: { mutateDigest: false, required: true, verifyDigest: true },
      },
    });
  });

  test("trusts identities, whole or by an expression", () => {
    expect(
      listAt(policy, "spec", "attestors").map((each) => fieldAt(each, "cosign", "keyless", "identities", 0)),
    ).toEqual([
      { issuer: verification.signers[0].issuer, subject: verification.signers[0].subject },
      { issuer: verification.signers[0].issuer, subjectRegExp: verification.signers[1]?.subject },
    ]);
  });

  test("asks for a signature and each attestation of every container, init and ephemeral ones too", () => {
    const validations = listAt(policy, "spec", "validations");
    expect(validations).toHaveLength(6);
    for (const each of validations) {
      expect(parseCel(valueTextAt(each, "expression")).problem).toBeUndefined();
      expect(parseCel(valueTextAt(each, "messageExpression")).problem).toBeUndefined();
      expect(valueTextAt(each, "messageExpression")).not.toMatch(/object\./);
    }
    expect(valueTextAt(validations[0], "expression")).toBe(
      "images.containers.all(image, verifyImageSignatures(image, [attestors.release, attestors.hotfix]) > 0)",
    );
    expect(valueTextAt(validations[5], "expression")).toContain(
      "images.ephemeralContainers.all(image, verifyAttestationSignatures(",
    );
  });

  test("is rendered only where somebody says who signs", () => {
    const kinds = (options: Parameters<typeof createAdmissionPolicies>[0]): unknown[] =>
      createAdmissionPolicies(options)
        .perEnvironment?.(platform, production)
        .filter(({ kind }) => kind === "ImageValidatingPolicy") ?? [];
    expect(kinds({})).toHaveLength(0);
    expect(kinds({ imageVerification: verification })).toHaveLength(1);
  });
});

describe("the case for the Kyverno command line", () => {
  const { expected, files } = imageVerificationCase(
    verification,
    platform,
    production,
    "registry.example.com/shop/cart:1",
  );

  test("has what can be told without a registry: other images pass, and those without a digest do not", () => {
    expect(expected.filter(({ result }) => result === "pass").map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "Pod other",
      "Deployment other",
      "CronJob other",
    ]);
    expect(new Set(expected.flatMap(({ message = [] }) => message))).toEqual(
      new Set(["image registry.example.com/shop/cart:1 does not have a digest"]),
    );
  });

  test("has an object in a namespace of the cluster, and expects no row for it", () => {
    expect(files.find(({ path }) => path === "resources.yaml")?.text).toContain("namespace: kube-system");
    expect(expected.some(({ namespace }) => namespace === "kube-system")).toBe(false);
  });
});

describe("a verification that verifies nothing", () => {
  const findingsOf = (changes: Partial<ImageVerification>): string[] =>
    imageVerificationFindings({ ...verification, ...changes }).map(({ path, message }) => `${path}: ${message}`);

  test("is none of the example", () => expect(findingsOf({})).toEqual([]));

  test("is found: signers that are anybody, images that are everything, names that are no words", () => {
    const [signer] = verification.signers;
    expect(findingsOf({ signers: [{ ...signer, subject: "^.*$" }] })).toEqual([
      'imageVerification.signers.subject: "^.*$" is everybody',
    ]);
    expect(findingsOf({ signers: [{ ...signer, issuer: "github" }] })).toEqual([
      'imageVerification.signers.issuer: is "github"',
    ]);
    expect(findingsOf({ images: ["*"] })).toEqual(['imageVerification.images: is "*"']);
    expect(findingsOf({ attestations: [{ name: "release", type: "x" }] })).toEqual([
      'imageVerification.name: there are two named "release"',
    ]);
    expect(findingsOf({ attestations: [{ name: "s b", type: "x" }] })).toEqual(['imageVerification.name: is "s b"']);
  });
});
