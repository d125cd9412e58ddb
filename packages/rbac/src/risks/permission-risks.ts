import type { Risk } from "./risk.ts";
import { goodPractice, kubiScan, rbacPolice } from "./sources.ts";
import { controlling, writing } from "./verbs.ts";

const rbacGroup = "rbac.authorization.k8s.io";

/** Ways to give permissions away, and to be somebody else. */
export const permissionRisks: readonly Risk[] = [
  {
    id: "escalate-roles",
    title: "write roles that hold more than their writer",
    why: "Whoever may escalate adds any permission to a role that they hold.",
    severity: "critical",
    source: goodPractice("escalate-verb"),
    pattern: { in: "rule", anyOf: [{ verbs: ["escalate"], resources: { [rbacGroup]: ["clusterroles", "roles"] } }] },
  },
  {
    id: "bind-roles",
    title: "bind roles that hold more than their binder",
    why: "Whoever may bind gives themselves cluster-admin.",
    severity: "critical",
    source: goodPractice("bind-verb"),
    pattern: { in: "rule", anyOf: [{ verbs: ["bind"], resources: { [rbacGroup]: ["clusterroles", "roles"] } }] },
  },
  {
    id: "impersonate",
    title: "act as somebody else",
    why: "An impersonated user, group or ServiceAccount lends all of its permissions, and the audit log names them first.",
    severity: "critical",
    source: goodPractice("impersonate-verb"),
    pattern: {
      in: "rule",
      anyOf: [
        { verbs: ["impersonate"], resources: { "": ["groups", "serviceaccounts", "users"] } },
        { verbs: ["impersonate"], resources: { "authentication.k8s.io": ["uids", "userextras"] } },
        // https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
        {
          verbs: [
            "impersonate:arbitrary-node",
            "impersonate:associated-node",
            "impersonate:serviceaccount",
            "impersonate:user-info",
          ],
          resources: {
            "authentication.k8s.io": ["groups", "nodes", "serviceaccounts", "uids", "userextras", "users"],
          },
        },
      ],
    },
  },
  {
    id: "write-roles",
    title: "write roles",
    why: "Everybody who holds a role that is changed gains what its writer has.",
    severity: "medium",
    source: goodPractice("escalate-verb"),
    pattern: { in: "rule", anyOf: [{ verbs: writing, resources: { [rbacGroup]: ["clusterroles", "roles"] } }] },
  },
  {
    id: "write-bindings",
    title: "write bindings of roles",
    why: "What its holder has reaches anybody, a ServiceAccount of their own among them, and stays when they are gone.",
    severity: "high",
    source: kubiScan,
    pattern: {
      in: "rule",
      anyOf: [{ verbs: writing, resources: { [rbacGroup]: ["clusterrolebindings", "rolebindings"] } }],
    },
  },
  {
    id: "approve-certificates",
    title: "approve certificate requests",
    why: "A client certificate names any user and group, and cannot be taken back.",
    severity: "critical",
    source: goodPractice("csrs-and-certificate-issuing"),
    pattern: {
      in: "rule",
      place: "cluster",
      anyOf: [
        {
          verbs: writing,
          resources: {
            "certificates.k8s.io": ["certificatesigningrequests/approval", "certificatesigningrequests/status"],
          },
        },
        { verbs: ["approve", "attest", "sign"], resources: { "certificates.k8s.io": ["signers"] } },
      ],
    },
  },
  {
    id: "approve-issued-certificates",
    title: "approve certificates of cert-manager",
    why: "An approved request is signed, whatever names it asks for.",
    severity: "medium",
    source: "https://cert-manager.io/docs/usage/certificaterequest/#approval",
    pattern: {
      in: "rule",
      place: "cluster",
      anyOf: [{ verbs: ["approve"], resources: { "cert-manager.io": ["signers"] } }],
    },
  },
  {
    id: "map-cloud-identities",
    title: "change what kube-system is configured with",
    why: "aws-auth makes any cloud identity a cluster admin, and CoreDNS' Corefile sends any name to any address.",
    severity: "critical",
    source: rbacPolice("eks_modify_aws_auth"),
    pattern: {
      in: "rule",
      anyOf: [{ verbs: controlling, resources: { "": ["configmaps"] } }],
      place: ["kube-system"],
      named: ["aws-auth", "coredns"],
    },
  },
];
