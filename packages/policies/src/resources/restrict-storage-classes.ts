import { PersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import { cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import { type ObjectFixture, object } from "../admission/object-fixture.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { violation } from "../admission/policy.ts";

const defaults: { readonly storageClasses: readonly string[] } = { storageClasses: ["gp3"] };

function claim(storageClassName?: string): ObjectFixture {
  return object(PersistentVolumeClaim, {
    spec: {
      accessModes: ["ReadWriteOnce"],
      ...(storageClassName === undefined ? {} : { storageClassName }),
      resources: { requests: { storage: "10Gi" } },
    },
  });
}

/** Volumes are of classes that the platform encrypts, backs up and pays for. */
export const restrictStorageClasses: ParameterizedPolicy<typeof defaults, ObjectFixture> = parameterizedPolicy({
  defaults,
  parameters: { storageClasses: "The storage classes that a claim may name." },
  tried: [{ storageClasses: ["gp3-encrypted", "efs"] }],
  policy: ({ storageClasses }) => ({
    name: "restrict-storage-classes",
    title: "Restrict storage classes",
    category: "Resources",
    severity: "medium",
    why: "The class decides what a volume costs, whether it is encrypted and what becomes of it when the claim is deleted; the default class is whatever it is today.",
    fix: `Set storageClassName to ${storageClasses.join(" or ")}.`,
    match: objects(["PersistentVolumeClaim"]),
    variables: { class: cel`object.spec.?storageClassName.orValue('')` },
    offenders: cel`variables.class in ${storageClasses} ? []
      : [variables.class == '' ? 'storageClassName is not set' : 'storageClassName is ' + variables.class]`,
    good: storageClasses.map(claim),
    bad: [
      violation(claim(), "storageClassName is not set"),
      violation(claim(""), "storageClassName is not set"),
      violation(claim("io2"), "storageClassName is io2"),
    ],
  }),
});
