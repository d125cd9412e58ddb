import { ImageValidatingPolicy } from "@kubernetes-models/kyverno/policies.kyverno.io/v1/ImageValidatingPolicy";
import { buildResource, type Environment, type Finding, type Platform, type Resource } from "@plinth/core";
import { pods } from "../admission/match.ts";
import { inNamespaces } from "../admission/namespaces.ts";
import type { PolicyAction } from "../admission/rollout.ts";
import { actions, resourceRules } from "../admission/validating-policy.ts";

/** Who signs images, and what has to be attested of them. */
export interface ImageVerification {
  /** Names of the images that are looked at; `*` stands for anything, slashes too: `registry.example.com/*`. */
  readonly images: readonly [string, ...string[]];
  /** Signatures of any of these count. */
  readonly signers: readonly [Signer, ...Signer[]];
  /** What has to be attested by one of the signers beside the signature. @default nothing */
  readonly attestations?: readonly Attestation[];
  /** Where signatures are recorded. @default `https://rekor.sigstore.dev` */
  readonly transparencyLog?: string;
  /** Environments that refuse; the others report. @default those that enforce all policies */
  readonly refuseIn?: readonly string[];
}

/**
 * Somebody who signs without a key: a workflow that proves who it is to Fulcio.
 *
 * @see https://docs.sigstore.dev/cosign/verifying/verify/#keyless-verification-using-openid-connect
 */
export interface Signer {
  /** A name for messages: a lower-case word. */
  readonly name: string;
  /** The identity provider: `https://token.actions.githubusercontent.com`. */
  readonly issuer: string;
  /** The whole identity, or a regular expression (RE2) of it between `^` and `$`. */
  readonly subject: string;
}

/** A statement about an image, signed and stored beside it. */
export interface Attestation {
  /** A name for messages: `sbom`. */
  readonly name: string;
  /** The in-toto predicate type: `https://cyclonedx.org/bom`, `https://slsa.dev/provenance/v1`. */
  readonly type: string;
}

const name = "verify-images";
const kinds = ["containers", "initContainers", "ephemeralContainers"] as const;

/**
 * Image verification as Kyverno reads it: one policy that reports, one that refuses, each in its namespaces. Images must have a digest, because what was
 * verified under a tag need not be what is pulled under it; Kyverno writes no digests into objects, which Argo CD would take out again.
 *
 * @see https://kyverno.io/docs/policy-types/image-validating-policy/
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * imageVerificationPolicies(
 *   {
 *     images: ["registry.example.com/shop/*"],
 *     signers: [{ name: "release", issuer: "https://token.actions.githubusercontent.com", subject: "https://github.com/shop/shop/.github/workflows/release.yml@refs/heads/main" }],
 *     attestations: [{ name: "sbom", type: "https://cyclonedx.org/bom" }],
 *   },
 *   platform,
 *   production,
 * );
 */
export function imageVerificationPolicies(
  verification: ImageVerification,
  platform: Platform,
  environment: Environment,
): readonly Resource[] {
  const namespaces = platform.teams.map(({ namespace }) => namespace).sort();
  if (namespaces.length === 0) return [];
  const { refuseIn } = verification;
  const refuses =
    refuseIn === undefined ? environment.admission.enforce === "all" : refuseIn.includes(environment.name);
  return [imageValidatingPolicy(verification, refuses ? "enforce" : "audit", namespaces)];
}

function imageValidatingPolicy(
  { images, signers, attestations = [], transparencyLog = "https://rekor.sigstore.dev" }: ImageVerification,
  action: PolicyAction,
  namespaces: readonly string[],
): Resource {
  const { validationActions, failurePolicy, suffix } = actions[action];
  const match = pods();
  const trusted = `[${signers.map((signer) => `attestors.${signer.name}`).join(", ")}]`;
  return buildResource(ImageValidatingPolicy, {
    metadata: { name: name + suffix, annotations },
    spec: {
      validationActions: [...validationActions],
      failurePolicy,
      evaluation: { mode: "Kubernetes", admission: { enabled: true }, background: { enabled: true } },
      autogen: { podControllers: { controllers: [...match.controllers] } },
      // The registry and the transparency log are asked: more than a few seconds would hold up a rollout.
      webhookConfiguration: { timeoutSeconds: 15 },
      matchConstraints: {
        matchPolicy: "Equivalent",
        ...inNamespaces(namespaces),
        resourceRules: resourceRules({ match }),
      },
      matchImageReferences: images.map((glob) => ({ glob })),
      validationConfigurations: { mutateDigest: false, required: true, verifyDigest: true },
      attestors: signers.map((signer) => ({
        name: signer.name,
        cosign: {
          keyless: { identities: [{ issuer: signer.issuer, ...subjectOf(signer) }] },
          ctlog: { url: transparencyLog },
        },
      })),
      ...(attestations.length === 0
        ? {}
        : {
            attestations: attestations.map((attestation) => ({
              name: attestation.name,
              intoto: { type: attestation.type },
            })),
          }),
      validations: [
        ...kinds.map((kind) => ({
          expression: `images.${kind}.all(image, verifyImageSignatures(image, ${trusted}) > 0)`,
          messageExpression: unverified(
            kind,
            `verifyImageSignatures(image, ${trusted})`,
            "is not signed by the platform's builds",
            "Build and sign it in the release workflow.",
          ),
        })),
        ...attestations.flatMap((attestation) =>
          kinds.map((kind) => {
            const call = `verifyAttestationSignatures(image, attestations.${attestation.name}, ${trusted})`;
            return {
              expression: `images.${kind}.all(image, ${call} > 0)`,
              messageExpression: unverified(
                kind,
                call,
                `has no signed attestation ${attestation.name}`,
                "Attest it in the release workflow.",
              ),
            };
          }),
        ),
      ],
    },
  });
}

function subjectOf({ subject }: Signer): { subject: string } | { subjectRegExp: string } {
  return /^\^.*\$$/.test(subject) ? { subjectRegExp: subject } : { subject };
}

function unverified(kind: string, call: string, lacks: string, fix: string): string {
  return `images.${kind}.filter(image, ${call} == 0).map(image, 'image ' + image + ' ${lacks.replaceAll("'", "\\'")}').join(', ') + '. ${fix}'`;
}

const annotations: Readonly<Record<string, string>> = {
  "policies.kyverno.io/title": "Verify images",
  "policies.kyverno.io/category": "Supply Chain",
  "policies.kyverno.io/severity": "high",
  "policies.kyverno.io/subject": "Pod",
  "policies.kyverno.io/description":
    "An image that nobody signed may come from anywhere: whoever can push to the registry runs code in the cluster. Build and sign it in the release workflow.",
};

/** What is wrong with an image verification as it is written. */
export function imageVerificationFindings(verification: ImageVerification): readonly Finding[] {
  const words = [...verification.signers, ...(verification.attestations ?? [])].map((each) => each.name);
  const path = "imageVerification";
  const invalid = (field: string, message: string, expected: string, example: string): Finding => ({
    code: "invalid-field",
    severity: "error",
    path: `${path}.${field}`,
    message,
    expected,
    example,
  });
  return [
    ...words
      // They become fields of CEL expressions.
      .filter((word) => !/^[a-z][a-z0-9]*$/.test(word))
      .map((word) => invalid("name", `is ${JSON.stringify(word)}`, "a lower-case word", '"release"')),
    ...words
      .filter((word, index) => words.indexOf(word) !== index)
      .map((word) => invalid("name", `there are two named ${JSON.stringify(word)}`, "names that differ", '"release"')),
    ...verification.signers
      .filter(({ issuer }) => !/^https:\/\/[^/]+/.test(issuer))
      .map(({ issuer }) =>
        invalid(
          "signers.issuer",
          `is ${JSON.stringify(issuer)}`,
          "the address of an identity provider",
          '"https://token.actions.githubusercontent.com"',
        ),
      ),
    ...verification.signers
      // Anybody's workflow would count.
      .filter(({ subject }) => ["", "*", "^.*$", "^.+$"].includes(subject))
      .map(({ subject }) =>
        invalid(
          "signers.subject",
          `${JSON.stringify(subject)} is everybody`,
          "the identity of a workflow",
          '"https://github.com/shop/shop/.github/workflows/release.yml@refs/heads/main"',
        ),
      ),
    ...verification.images
      .filter((glob) => glob.trim() === "" || glob === "*" || /\s/.test(glob))
      .map((glob) =>
        invalid(
          "images",
          `is ${JSON.stringify(glob)}`,
          "images of one registry: the system's own pods come from others",
          '"registry.example.com/*"',
        ),
      ),
  ];
}
