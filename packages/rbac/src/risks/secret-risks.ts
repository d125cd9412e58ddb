import type { Risk } from "./risk.ts";
import { goodPractice, kubescape, rbacPolice } from "./sources.ts";
import { seeing, writing } from "./verbs.ts";

/** Ways to what opens other doors: Secrets, tokens, and what fetches them. */
export const secretRisks: readonly Risk[] = [
  {
    id: "read-secrets",
    title: "read Secrets",
    why: "A list or a watch shows what is in them as a get does: passwords, keys, and tokens of other identities.",
    severity: "critical",
    source: goodPractice("listing-secrets"),
    pattern: { in: "rule", anyOf: [{ verbs: seeing, resources: { "": ["secrets"] } }], named: "never" },
  },
  {
    id: "read-named-secrets",
    title: "read Secrets by their names",
    why: "What is in the named Secrets can be taken away; a name can be given to a Secret that opens more.",
    severity: "low",
    source: goodPractice("listing-secrets"),
    pattern: { in: "rule", anyOf: [{ verbs: seeing, resources: { "": ["secrets"] } }], named: "only" },
  },
  {
    id: "write-secrets",
    title: "write Secrets",
    why: "A Secret of the type service-account-token is filled with a token of any ServiceAccount of the namespace, and a changed one replaces certificates and passwords that services trust.",
    severity: "high",
    source: rbacPolice("retrieve_token_secrets"),
    pattern: { in: "rule", anyOf: [{ verbs: writing, resources: { "": ["secrets"] } }] },
  },
  {
    id: "create-tokens",
    title: "make tokens of ServiceAccounts",
    why: "The token of a stronger ServiceAccount makes its holder that ServiceAccount, for as long as they ask.",
    severity: "critical",
    source: goodPractice("token-request"),
    pattern: { in: "rule", anyOf: [{ verbs: ["create"], resources: { "": ["serviceaccounts/token"] } }] },
  },
  {
    id: "change-service-accounts",
    title: "change ServiceAccounts",
    why: "An annotation makes a ServiceAccount, and with it a pod, a cloud role whose trust policy lets the namespace in.",
    severity: "medium",
    source: rbacPolice("providerIAM"),
    pattern: { in: "rule", anyOf: [{ verbs: writing, resources: { "": ["serviceaccounts"] } }] },
  },
  {
    id: "change-external-secrets",
    title: "change what fetches secrets",
    why: "An ExternalSecret, a store or a SecretProviderClass fetches any secret that the store's own credentials open, and a PushSecret sends one away.",
    severity: "high",
    source: "https://external-secrets.io/latest/guides/security-best-practices/",
    pattern: {
      in: "rule",
      anyOf: [
        {
          verbs: writing,
          resources: {
            "external-secrets.io": [
              "clusterexternalsecrets",
              "clusterpushsecrets",
              "clustersecretstores",
              "externalsecrets",
              "pushsecrets",
              "secretstores",
            ],
            "generators.external-secrets.io": [
              "clustergenerators",
              "ecrauthorizationtokens",
              "generatorstates",
              "stssessiontokens",
              "vaultdynamicsecrets",
              "webhooks",
            ],
            "secrets-store.csi.x-k8s.io": ["secretproviderclasses"],
          },
        },
      ],
    },
  },
  {
    id: "change-issuers",
    title: "change who signs certificates",
    why: "An Issuer takes the key of any Secret that it names and signs what is asked with it: names of other services, clients that are trusted.",
    severity: "medium",
    source: "https://cert-manager.io/docs/concepts/issuer/",
    pattern: {
      in: "rule",
      anyOf: [{ verbs: writing, resources: { "cert-manager.io": ["clusterissuers", "issuers"] } }],
    },
  },
  {
    id: "send-scrape-tokens",
    title: "change what Prometheus scrapes",
    why: "A monitor makes Prometheus send a token, its own or one from a Secret, to an address of its writer's choice.",
    severity: "medium",
    source:
      "https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ArbitraryFSAccessThroughSMsConfig",
    pattern: {
      in: "rule",
      anyOf: [
        {
          verbs: writing,
          resources: { "monitoring.coreos.com": ["podmonitors", "probes", "scrapeconfigs", "servicemonitors"] },
        },
      ],
    },
  },
  {
    id: "change-cloud-identities",
    title: "change who is which cloud role",
    why: "An access entry, an association or an IAM role that is written as an object gives the cloud's own permissions to anybody.",
    severity: "critical",
    source: kubescape("C-0285"),
    pattern: {
      in: "rule",
      anyOf: [
        {
          verbs: writing,
          resources: {
            "eks.services.k8s.aws": ["accessentries", "podidentityassociations"],
            "iam.services.k8s.aws": ["groups", "instanceprofiles", "policies", "roles", "users"],
            "iam.aws.upbound.io": ["policies", "rolepolicyattachments", "roles", "users"],
            "eks.aws.upbound.io": ["accessentries", "accesspolicyassociations", "podidentityassociations"],
          },
        },
      ],
    },
  },
];
