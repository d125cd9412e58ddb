import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { cel } from "../admission/cel.ts";
import { nsa } from "../admission/control.ts";
import { objects } from "../admission/match.ts";
import { type ObjectFixture, object } from "../admission/object-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";

// A private key in PEM, and the id of an access key of AWS: forms that mean nothing else.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
const credential = "-----BEGIN ([A-Z]+ )*PRIVATE KEY-----|(^|[^0-9A-Z])(AKIA|ASIA)[0-9A-Z]{16}($|[^0-9A-Z])";

// In two parts, so that no scanner takes the example for a key.
const key = ["-----BEGIN RSA ", "PRIVATE KEY-----\nMIIE\n"].join("");
const accessKey = ["AKIA", "IOSFODNN7EXAMPLE"].join("");

/** No ConfigMap holds what belongs into a Secret. */
export const disallowCredentialsInConfigMaps: Policy<ObjectFixture> = definePolicy({
  name: "disallow-credentials-in-config-maps",
  title: "Disallow credentials in ConfigMaps",
  category: "Secrets",
  severity: "high",
  control: nsa("Secrets"),
  why: "Everybody who may look at a namespace reads its ConfigMaps, and etcd keeps them unencrypted.",
  fix: "Put the value into a Secret, and make the credential anew: this one is known.",
  match: objects(["ConfigMap"]),
  variables: { data: cel`object.?data.orValue({})` },
  offenders: cel`variables.data
    .filter(key, variables.data[key].matches(${credential}))
    .map(key, 'the key ' + key + ' of data holds a credential')`,
  good: [
    object(ConfigMap, {}),
    object(ConfigMap, { data: {} }),
    object(ConfigMap, {
      data: {
        "ca.crt": "-----BEGIN CERTIFICATE-----\nMIIE\n",
        "key.pub": "-----BEGIN PUBLIC KEY-----\nMIIE\n",
        id: `X${accessKey}0`,
      },
    }),
  ],
  bad: [
    violation(
      object(ConfigMap, { data: { "tls.key": key, "tls.crt": "x" } }),
      "the key tls.key of data holds a credential",
    ),
    violation(
      object(ConfigMap, { data: { settings: `region=eu-central-1\naws_access_key_id=${accessKey}\n` } }),
      "the key settings of data holds a credential",
    ),
    violation(object(ConfigMap, { data: { key: accessKey } }), "the key key of data holds a credential"),
  ],
});
