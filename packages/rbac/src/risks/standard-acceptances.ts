import { type Condition, execIsOpen, peopleWrite } from "../roles/condition.ts";

/** Risks that a role of this package carries because of what it is for, and why that is right. */
export interface StandardAcceptance {
  /** Name of the ClusterRole. */
  readonly role?: string;
  /** Name of the component that makes the Role, for a Role of a namespace. */
  readonly of?: string;
  readonly risks: readonly string[];
  /** Why it has to be, and what keeps it small. */
  readonly because: string;
  /** Environments in which it is right; elsewhere the risk is a finding. @default every one */
  readonly where?: Condition;
}

/** Team namespaces in which a pod may be privileged, as while a platform is being built. Never production. */
const podSecurityIsOpen: Condition = {
  when: "where Pod Security refuses nothing, and never in production",
  holds: ({ admission, production }) => admission.podSecurity.enforce === "privileged" && !production,
};

/** Somebody who is no delivery comes to run code in pods. */
const peopleRunCode: Condition = {
  when: "where developers write by hand or enter pods",
  holds: (environment) => peopleWrite.holds(environment) || execIsOpen.holds(environment),
};

/** People enter pods and do not write them. */
const onlyExecIsOpen: Condition = {
  when: "where exec is open and only delivery writes",
  holds: (environment) => execIsOpen.holds(environment) && !peopleWrite.holds(environment),
};

const developersOpen: Condition = {
  when: "where developers write by hand and Pod Security refuses nothing",
  holds: (environment) => peopleWrite.holds(environment) && podSecurityIsOpen.holds(environment),
};

const sameNamespace =
  "The namespace is the team's, its cloud roles are of this environment's account, and no component of the platform shares it.";

/** The justifications of the roles that this package makes. Each is needed in some environment, and none is for a role of somebody else. */
export const standardAcceptances: readonly StandardAcceptance[] = [
  ...["namespace-developer", "namespace-admin"].flatMap((role): StandardAcceptance[] => [
    {
      role,
      risks: ["delete-workloads"],
      because:
        "Deleting a pod is how it is restarted where only delivery writes; its controller makes it again. deletecollection is not given.",
    },
    {
      role,
      risks: ["create-workloads"],
      because: `Shipping a service by hand is running code in its namespace. ${sameNamespace}`,
      where: peopleWrite,
    },
    {
      role,
      risks: ["enter-pods", "forward-ports"],
      because:
        "Finding a fault in a running pod takes a way into it; the environment opens exec, and production never does.",
      where: execIsOpen,
    },
    {
      role,
      risks: ["escalate-in-namespace", "escalate-to-cloud-role"],
      because: `Who runs code in a namespace is every service of it. ${sameNamespace}`,
      where: peopleRunCode,
    },
    {
      role,
      risks: ["escalate-to-node"],
      because:
        "The environment's Pod Security level is privileged: its nodes are as open as its teams, and hold nothing of another environment.",
      where: developersOpen,
    },
  ]),
  {
    role: "namespace-admin",
    risks: ["change-service-accounts", "write-bindings", "write-roles"],
    because:
      "A team hands out its own permissions; without bind and escalate the API server refuses more than its admins have, and a cloud role trusts ServiceAccounts by name.",
    where: peopleWrite,
  },
  {
    role: "platform-operator",
    risks: ["change-nodes", "delete-workloads", "send-scrape-tokens"],
    because:
      "Draining a node and restarting what hangs on it, and saying what Prometheus scrapes, is keeping the clusters running.",
  },
  {
    role: "platform-operator",
    risks: ["debug-pods", "enter-pods"],
    because:
      "Finding a fault in a component of the platform takes a way into its pods; the environment opens exec, and production never does.",
    where: execIsOpen,
  },
  {
    role: "platform-operator",
    risks: ["escalate-in-namespace", "escalate-to-cloud-role"],
    because: "Who enters pods is what runs in them; the environment opens exec, and production never does.",
    where: onlyExecIsOpen,
  },
  {
    role: "platform-operator",
    risks: ["create-operands", "create-workloads", "escalate-to-everything"],
    because:
      "Where people write by hand, operators change collectors and rollouts of every namespace, which run with any ServiceAccount; elsewhere only delivery does.",
    where: peopleWrite,
  },
  {
    role: "platform-admin",
    risks: ["bind-roles", "escalate-roles", "escalate-to-everything", "write-bindings", "write-roles"],
    because:
      "Somebody hands out the roles of the platform. The group is small, named in the model, and its use is in the audit log.",
  },
  {
    role: "platform-admin",
    risks: ["read-secrets", "write-secrets", "change-external-secrets", "change-issuers"],
    because: "Somebody repairs what fetches secrets and signs certificates when it fails.",
  },
  {
    role: "platform-admin",
    risks: [
      "change-admission-policies",
      "change-api",
      "change-delivery",
      "change-policies",
      "change-webhooks",
      "except-from-policies",
    ],
    because:
      "Somebody installs and repairs what admits and delivers everything else, also when it refuses its own repair.",
  },
  {
    role: "platform-admin",
    risks: [
      "change-machines",
      "change-nodes",
      "create-persistent-volumes",
      "change-limits",
      "change-namespaces",
      "delete-namespaces",
      "change-network-policies",
      "redirect-traffic",
      "map-cloud-identities",
    ],
    because: "Setting up clusters, their nodes, namespaces and networks is what the role is for.",
  },
  {
    role: "platform-admin",
    risks: ["change-service-accounts", "create-operands", "create-workloads", "delete-workloads", "send-scrape-tokens"],
    because: "The platform's own components are workloads, and somebody runs them.",
  },
  {
    role: "platform-admin",
    risks: ["debug-pods", "enter-pods", "forward-ports"],
    because: "The environment opens exec, and production never does.",
    where: execIsOpen,
  },
  {
    role: "application-delivery",
    risks: ["change-delivery"],
    because:
      "Argo CD's root application delivers applications and projects; it may nothing else, and only in Argo CD's own namespace.",
  },
  ...["namespace-delivery", "platform-delivery"].flatMap((role): StandardAcceptance[] => [
    {
      role,
      risks: ["create-workloads", "delete-workloads"],
      because:
        "Delivery is writing workloads. It is held by an account of Argo CD for each project, in that project's namespace alone.",
    },
    {
      role,
      risks: ["escalate-in-namespace", "escalate-to-cloud-role"],
      because: `What is delivered into a namespace runs as its services, after review in Git. ${sameNamespace}`,
    },
    {
      role,
      risks: ["escalate-to-node"],
      because:
        "The environment's Pod Security level is privileged: its nodes are as open as its teams, and hold nothing of another environment.",
      where: podSecurityIsOpen,
    },
  ]),
  {
    role: "platform-delivery",
    risks: [
      "change-external-secrets",
      "change-network-policies",
      "change-service-accounts",
      "create-operands",
      "send-scrape-tokens",
    ],
    because:
      "What the platform renders for a team is delivered from the platform's own repository, which the team cannot write alone.",
  },
  {
    role: "delivery-impersonation",
    of: "delivery-access",
    risks: ["impersonate", "escalate-in-namespace", "escalate-to-namespace", "escalate-to-cloud-role"],
    because:
      "Argo CD syncs each project as an account of its own, named here one by one, so that it needs no permission of its own in any team's namespace.",
  },
  {
    role: "delivery-impersonation",
    of: "delivery-access",
    risks: ["escalate-to-node"],
    because:
      "The environment's Pod Security level is privileged: its nodes are as open as its teams, and hold nothing of another environment.",
    where: podSecurityIsOpen,
  },
  {
    of: "app-runtime",
    risks: ["read-named-secrets"],
    because: "A service that says so reads a Secret of its own namespace by its name, which the model holds.",
  },
];
