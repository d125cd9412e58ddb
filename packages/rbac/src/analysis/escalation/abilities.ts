import { grantReader } from "../../authorizer/rule-grants.ts";
import { operandKinds, workloadKinds } from "../../risks/pod-making-kinds.ts";
import { changing, seeing, writing } from "../../risks/verbs.ts";
import type { Permission, PolicyRule } from "../../roles/policy-rule.ts";

/** What can be a part of a step. */
export type Ability =
  | "make pods"
  | "make volume claims"
  | "make volumes"
  | "enter pods"
  | "make tokens"
  | "read secrets"
  | "make secrets"
  | "act as users"
  | "act as groups"
  | "act as service accounts"
  | "bind cluster roles"
  | "bind roles"
  | "write cluster role bindings"
  | "write role bindings"
  | "escalate cluster roles"
  | "escalate roles"
  | "change cluster roles"
  | "change roles"
  | "change namespaces"
  | "reach kubelets"
  | "ask for certificates"
  | "approve certificates"
  | "approve for signers"
  | "change objects on admission"
  | "map cloud identities";

/** The permissions that each takes: any of them. */
const abilities: Readonly<Record<Ability, readonly Permission[]>> = {
  "make pods": [
    { verbs: writing, resources: workloadKinds },
    { verbs: writing, resources: operandKinds },
  ],
  "make volume claims": [{ verbs: ["create"], resources: { "": ["persistentvolumeclaims"] } }],
  "make volumes": [{ verbs: ["create"], resources: { "": ["persistentvolumes"] } }],
  "enter pods": [
    { verbs: ["create", "get"], resources: { "": ["pods/attach", "pods/exec"] } },
    { verbs: changing, resources: { "": ["pods/ephemeralcontainers"] } },
  ],
  "make tokens": [{ verbs: ["create"], resources: { "": ["serviceaccounts/token"] } }],
  "read secrets": [{ verbs: seeing, resources: { "": ["secrets"] } }],
  "make secrets": [{ verbs: ["create"], resources: { "": ["secrets"] } }],
  "act as users": [{ verbs: ["impersonate"], resources: { "": ["users"] } }],
  "act as groups": [{ verbs: ["impersonate"], resources: { "": ["groups"] } }],
  "act as service accounts": [{ verbs: ["impersonate"], resources: { "": ["serviceaccounts"] } }],
  "bind cluster roles": [{ verbs: ["bind"], resources: { "rbac.authorization.k8s.io": ["clusterroles"] } }],
  "bind roles": [{ verbs: ["bind"], resources: { "rbac.authorization.k8s.io": ["roles"] } }],
  "write cluster role bindings": [
    { verbs: writing, resources: { "rbac.authorization.k8s.io": ["clusterrolebindings"] } },
  ],
  "write role bindings": [{ verbs: writing, resources: { "rbac.authorization.k8s.io": ["rolebindings"] } }],
  "escalate cluster roles": [{ verbs: ["escalate"], resources: { "rbac.authorization.k8s.io": ["clusterroles"] } }],
  "escalate roles": [{ verbs: ["escalate"], resources: { "rbac.authorization.k8s.io": ["roles"] } }],
  "change cluster roles": [{ verbs: changing, resources: { "rbac.authorization.k8s.io": ["clusterroles"] } }],
  "change roles": [{ verbs: changing, resources: { "rbac.authorization.k8s.io": ["roles"] } }],
  "change namespaces": [{ verbs: changing, resources: { "": ["namespaces"] } }],
  "reach kubelets": [{ verbs: ["create", "get"], resources: { "": ["nodes/proxy"] } }],
  "ask for certificates": [{ verbs: ["create"], resources: { "certificates.k8s.io": ["certificatesigningrequests"] } }],
  "approve certificates": [
    { verbs: changing, resources: { "certificates.k8s.io": ["certificatesigningrequests/approval"] } },
  ],
  "approve for signers": [{ verbs: ["approve"], resources: { "certificates.k8s.io": ["signers"] } }],
  "change objects on admission": [
    {
      verbs: writing,
      resources: {
        "admissionregistration.k8s.io": ["mutatingadmissionpolicies", "mutatingwebhookconfigurations"],
        "kyverno.io": ["clusterpolicies"],
        "policies.kyverno.io": ["mutatingpolicies"],
      },
    },
  ],
  "map cloud identities": [{ verbs: writing, resources: { "": ["configmaps"] } }],
};

const abilityNames = Object.keys(abilities).filter((name): name is Ability => name in abilities);

const readAbilities = grantReader(abilityNames.map((name) => ({ name, anyOf: abilities[name] })));
const known = new WeakMap<PolicyRule, readonly Ability[]>();

/** What a rule is good for. */
export function abilitiesOf(rule: PolicyRule): readonly Ability[] {
  const found = known.get(rule) ?? readAbilities(rule);
  known.set(rule, found);
  return found;
}
