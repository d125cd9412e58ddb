import { Secret } from "kubernetes-models/v1/Secret";
import { cel } from "../admission/cel.ts";
import { nsa } from "../admission/control.ts";
import { objects } from "../admission/match.ts";
import { type ObjectFixture, object } from "../admission/object-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";

const tokenType = "kubernetes.io/service-account-token";

/** No token lives for ever. */
export const disallowTokenSecrets: Policy<ObjectFixture> = definePolicy({
  name: "disallow-token-secrets",
  title: "Disallow Secrets that are tokens",
  category: "Secrets",
  severity: "high",
  control: nsa("Protecting Pod service account tokens"),
  why: "A token in a Secret never expires and belongs to no pod: whoever has read it once is the ServiceAccount until somebody deletes the Secret.",
  fix: "Use a projected volume with serviceAccountToken, or kubectl create token, which end by themselves.",
  match: objects(["Secret"]),
  offenders: cel`object.?type.orValue('') == 'kubernetes.io/service-account-token' ? ['the type is kubernetes.io/service-account-token'] : []`,
  good: [object(Secret, { type: "Opaque" }), object(Secret, {}), object(Secret, { type: "shop.example.com/settings" })],
  bad: [
    violation(
      object(Secret, { type: tokenType }, { annotations: { "kubernetes.io/service-account.name": "cart" } }),
      `the type is ${tokenType}`,
    ),
  ],
});
