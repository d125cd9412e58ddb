import { networkComponents } from "@plinth/policies";
import { rbacComponents } from "@plinth/rbac";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareTrees } from "../../comparison/compare-trees.ts";
import {
  bothWays,
  editedTree,
  linesOf,
  type ModelEdit,
  type ModelInput,
  productionTree,
} from "../model-edit.fixture.ts";
import { networkConsequences } from "./network-consequences.ts";

const components = [
  ...networkComponents,
  ...rbacComponents.filter(({ name }) => ["tenancy", "platform-namespaces", "workload-identity"].includes(name)),
];
const unedited = editedTree("before", components);

const production = (input: ModelInput): ModelInput["environments"][number] => {
  const found = input.environments.find(({ name }) => name === "production");
  if (found === undefined) throw new Error("no production");
  return found;
};
const service = (input: ModelInput, name: string): NonNullable<ModelInput["services"]>[number] => {
  const found = input.services?.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
};
const partner = { host: "api.mail.example.net", port: 443 };

interface EditCase {
  readonly what: string;
  readonly given?: ModelEdit;
  readonly edit: ModelEdit;
  readonly told: readonly string[];
}

const cases: readonly EditCase[] = [
  {
    what: "a service calls one of another team",
    edit: (input) => {
      service(input, "checkout").calls = ["frontend"];
    },
    told: [
      "development connection-opened-between-teams | checkout → frontend:8080 opens",
      "production connection-opened-between-teams | checkout → frontend:8080 opens",
    ],
  },
  {
    what: "a service calls one of its team",
    edit: (input) => {
      service(input, "mailer").ports = { http: { port: 8080, protocol: "http" } };
      service(input, "checkout").calls = ["mailer"];
    },
    told: [
      "development connection-opened-in-team | checkout → mailer:8080 opens",
      "production connection-opened-in-team | checkout → mailer:8080 opens",
    ],
  },
  {
    what: "a call is gone",
    edit: (input) => {
      service(input, "frontend").calls = [];
    },
    told: [
      "development connection-closed-between-teams | frontend → checkout:5050 closes",
      "production connection-closed-between-teams | frontend → checkout:5050 closes",
    ],
  },
  {
    what: "a port is another",
    edit: (input) => {
      service(input, "checkout").ports = {
        grpc: { port: 5051, protocol: "grpc" },
        metrics: { port: 9464, protocol: "prometheus" },
      };
    },
    told: [
      "development connection-opened-between-teams | frontend → checkout:5051 opens",
      "development connection-closed-between-teams | frontend → checkout:5050 closes",
      "production connection-opened-between-teams | frontend → checkout:5051 opens",
      "production connection-closed-between-teams | frontend → checkout:5050 closes",
    ],
  },
  {
    what: "a port has another name",
    edit: (input) => {
      service(input, "checkout").ports = {
        rpc: { port: 5050, protocol: "grpc" },
        metrics: { port: 9464, protocol: "prometheus" },
      };
    },
    told: [],
  },
  {
    what: "a service is no longer public",
    edit: (input) => {
      delete service(input, "frontend").publicPort;
    },
    told: [
      "development connection-closed-with-platform | istio-system/ingress → frontend:8080 closes",
      "production connection-closed-with-platform | istio-system/ingress → frontend:8080 closes",
    ],
  },
  {
    what: "a service calls a partner",
    edit: (input) => {
      service(input, "mailer").external = [{ ...partner, cidrs: ["198.51.100.0/24"] }];
    },
    told: [
      "development connection-opened-to-outside | mailer → 198.51.100.0/24:443 opens",
      "production connection-opened-to-outside | mailer → 198.51.100.0/24:443 opens",
    ],
  },
  {
    what: "a partner may be anywhere",
    edit: (input) => {
      service(input, "checkout").external = [{ host: "api.payments.example.net", port: 443, cidrs: "any-public" }];
    },
    told: [
      "development connection-opened-to-anywhere | checkout → anywhere outside:443 opens",
      "production connection-opened-to-anywhere | checkout → anywhere outside:443 opens",
    ],
  },
  {
    what: "a partner is gone",
    edit: (input) => {
      service(input, "checkout").external = [];
    },
    told: [
      "development connection-closed-to-outside | checkout → 203.0.113.0/24:443 closes",
      "production connection-closed-to-outside | checkout → 203.0.113.0/24:443 closes",
    ],
  },
  {
    what: "a store has fewer addresses",
    edit: (input) => {
      for (const store of input.dataStores?.slice(0, 1) ?? [])
        store.placements = { development: "in-cluster", production: { cidrs: ["10.30.64.0/24"] } };
    },
    told: ["production connection-closed-to-outside | checkout → a part of 10.30.64.0/20:5432 closes"],
  },
  {
    what: "a service is gone",
    edit: (input) => {
      input.services = input.services?.filter(({ name }) => name !== "mailer") ?? [];
    },
    told: [
      "development service-leaves-network | mailer is gone",
      "production connection-closed-to-outside | mailer → 10.30.80.0/20:9092 closes",
      "production service-leaves-network | mailer is gone",
    ],
  },
  {
    what: "a service is new",
    edit: (input) => {
      input.services = [
        ...(input.services ?? []),
        {
          name: "cart",
          team: "backend",
          tier: "low",
          language: "go",
          ports: { http: { port: 8080, protocol: "http" } },
          stores: ["orders-db"],
        },
      ];
      service(input, "frontend").calls = ["checkout", "cart"];
    },
    told: [
      "development service-joins-network | cart joins the network",
      "production connection-opened-to-outside | cart → 10.30.64.0/20:5432 opens",
      "production service-joins-network | cart joins the network",
    ],
  },
  {
    what: "a component is new",
    edit: (input) => {
      input.components = [
        ...(input.components ?? []),
        { name: "loki", namespace: "monitoring", ports: { http: 3100 } },
      ];
    },
    told: [
      "development connection-opened-to-anywhere | monitoring/loki → anywhere outside:443 opens",
      "development service-joins-network | monitoring/loki joins the network",
      "production connection-opened-to-anywhere | monitoring/loki → anywhere outside:443 opens",
      "production service-joins-network | monitoring/loki joins the network",
    ],
  },
  {
    what: "the API server has other addresses",
    edit: (input) => {
      production(input).network.apiServer = ["10.30.1.0/24"];
    },
    told: [
      "production connection-opened-to-api-server | argocd/argocd, kyverno/kyverno, monitoring/grafana and 3 more → API server (10.30.1.0/24) open",
      "production connection-closed-to-api-server | argocd/argocd, kyverno/kyverno, monitoring/grafana and 3 more → API server (10.30.0.0/24) close",
    ],
  },
  {
    what: "nodes cache no names",
    edit: (input) => {
      delete production(input).network.nodeLocalDns;
    },
    told: [
      "production connection-closed-with-platform | every pod of argocd, every pod of istio-system, every pod of kyverno and 2 more → 169.254.20.10/32, 172.20.0.10/32:53, 53/UDP close",
      "production connection-closed-with-platform | every pod of team-backend → 169.254.20.10/32, 172.20.0.10/32:53, 53/UDP closes",
      "production connection-closed-with-platform | every pod of team-frontend → 169.254.20.10/32, 172.20.0.10/32:53, 53/UDP closes",
    ],
  },
  {
    what: "a team is new",
    edit: (input) => {
      input.teams = [...input.teams, ...input.teams.slice(0, 1).map((team) => ({ ...team, name: "data" }))];
    },
    told: [
      "development service-joins-network | namespace team-data joins the network",
      "production service-joins-network | namespace team-data joins the network",
    ],
  },
  {
    what: "a partner is known by name, to Cilium",
    given: (input) => {
      const { network } = production(input);
      network.cni = "cilium";
      network.additionalPolicies = ["cilium"];
    },
    edit: (input) => {
      service(input, "mailer").external = [partner];
      input.components = [
        ...(input.components ?? []),
        { name: "egress", namespace: "istio-system", ports: { https: 8443 }, roles: ["egress-gateway"] },
      ];
    },
    told: ["production additional-policy-gained | team-backend/mailer gains 3 rules"],
  },
  {
    what: "a service moves to another team",
    edit: (input) => {
      service(input, "mailer").team = "frontend";
    },
    told: [
      "development service-joins-network | mailer joins the network",
      "development service-leaves-network | mailer is gone",
      "production connection-opened-to-outside | mailer → 10.30.80.0/20:9092 opens",
      "production service-joins-network | mailer joins the network",
      "production connection-closed-to-outside | mailer → 10.30.80.0/20:9092 closes",
      "production service-leaves-network | mailer is gone",
    ],
  },
];

describe("what a change of the model means for the network", () => {
  it.each(cases)("$what", ({ given, edit, told }) => {
    const before = given === undefined ? unedited : editedTree("before", components, given);
    const after = editedTree("after", components, ...(given === undefined ? [] : [given]), edit);
    const comparison = compareTrees(before, after);
    expect(linesOf(networkConsequences(comparison))).toEqual(told);
    const { forward, backward } = bothWays(networkConsequences, comparison);
    expect(backward).toEqual(forward);
  });

  it("mirrors any of the changes together", () => {
    const edits = cases
      .filter(({ given, what }) => given === undefined && !what.includes("moves"))
      .map(({ edit }) => edit);
    fc.assert(
      fc.property(fc.shuffledSubarray(edits.slice(4, 10), { maxLength: 3 }), (some) => {
        const comparison = compareTrees(unedited, editedTree("after", components, ...some));
        const { forward, backward } = bothWays(networkConsequences, comparison);
        expect(backward).toEqual(forward);
      }),
      { numRuns: 2 },
    );
  });
});

const namespace = (name: string, team?: string): object => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels: { ...(team === undefined ? {} : { "plinth.dev/team": team }) } },
});
const policy = (name: string, place: string, spec: object): object => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name, namespace: place },
  spec,
});
const pods = (name: string): object => ({ matchLabels: { "app.kubernetes.io/name": name } });
const deny = policy("default-deny", "team-data", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
const web = policy("web-ingress", "team-data", {
  podSelector: pods("web"),
  policyTypes: ["Ingress"],
  ingress: [{ from: [{ podSelector: pods("front") }], ports: [{ protocol: "TCP", port: 80 }] }],
});
const front = policy("front-egress", "team-data", {
  podSelector: pods("front"),
  policyTypes: ["Egress"],
  egress: [{ to: [{ podSelector: pods("web") }], ports: [{ protocol: "TCP", port: 80 }] }],
});
const fixed = [namespace("team-data", "data"), deny, web, front];

const told = (before: readonly object[], after: readonly object[]): readonly string[] => {
  const comparison = compareTrees(productionTree("before", before), productionTree("after", after));
  const { forward, backward } = bothWays(networkConsequences, comparison);
  expect(backward).toEqual(forward);
  return linesOf(networkConsequences(comparison)).map((line) => line.replace("production ", ""));
};

const egress = (to: readonly object[], ports: readonly object[]): object =>
  policy("front-more", "team-data", { podSelector: pods("front"), policyTypes: ["Egress"], egress: [{ to, ports }] });
const tcp = (port: number): object => ({ protocol: "TCP", port });

describe("policies of any tree", () => {
  it("say nothing when one is renamed, split or written in another order", () => {
    const renamed = policy("other", "team-data", {
      podSelector: pods("web"),
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: pods("front") }], ports: [tcp(80)] }],
    });
    expect(told(fixed, [namespace("team-data", "data"), deny, renamed, front])).toEqual([]);
  });

  it("say nothing when one allows what another allows already", () => {
    expect(told(fixed, [...fixed, egress([{ podSelector: pods("web") }], [tcp(80)])])).toEqual([]);
  });

  it("say nothing of a rule that the other end does not allow", () => {
    expect(told(fixed, [...fixed, egress([{ podSelector: pods("web") }], [tcp(81)])])).toEqual([]);
  });

  it("tell that nothing isolates a namespace any more, once", () => {
    expect(told(fixed, [namespace("team-data", "data"), web, front])).toEqual([
      "isolation-lost | namespace team-data has no policy any more about what comes in or goes out",
    ]);
  });

  it("tell that some pods are isolated no more where the namespace still is", () => {
    const closed = policy("only-web", "team-data", { podSelector: pods("web"), policyTypes: ["Ingress"] });
    expect(told([namespace("team-data", "data"), closed, front], [namespace("team-data", "data"), front])).toEqual([
      "isolation-lost | web has no policy any more about what comes in",
    ]);
  });

  it.each([
    [
      [{ ipBlock: { cidr: "0.0.0.0/0" } }],
      [tcp(443)],
      "connection-opened-to-anywhere | front → anywhere outside:443 opens",
    ],
    [
      [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }],
      [],
      "connection-opened-to-anywhere | front → anywhere outside:every port opens",
    ],
    [
      [{ ipBlock: { cidr: "169.254.169.254/32" } }],
      [tcp(80)],
      "connection-opened-to-metadata | front → 169.254.169.254/32:80 opens",
    ],
    [
      [{ ipBlock: { cidr: "169.254.0.0/16" } }],
      [tcp(80)],
      "connection-opened-to-metadata | front → 169.254.0.0/16:80 opens",
    ],
    [
      [{ ipBlock: { cidr: "10.1.0.0/24" } }],
      [tcp(443), tcp(6443)],
      "connection-opened-to-api-server | front → API server (10.1.0.0/24) opens",
    ],
    [
      [{ ipBlock: { cidr: "192.0.2.0/24" } }],
      [tcp(5432)],
      "connection-opened-to-outside | front → 192.0.2.0/24:5432 opens",
    ],
    [
      [{ ipBlock: { cidr: "2001:db8::/32" } }],
      [{ protocol: "UDP", port: 4000, endPort: 4010 }],
      "connection-opened-to-outside | front → 2001:db8::/32:4000-4010/UDP opens",
    ],
    [
      [{ ipBlock: { cidr: "172.20.0.10/32" } }],
      [{ protocol: "UDP", port: 53 }],
      "connection-opened-with-platform | front → 172.20.0.10/32:53/UDP opens",
    ],
  ] as const)("tell what %j with %j is", (to, ports, line) => {
    expect(told(fixed, [...fixed, egress(to, ports)])).toEqual([line]);
  });

  it("tell of the internet that comes in", () => {
    const open = policy("open", "team-data", {
      podSelector: pods("web"),
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [tcp(443)] }],
    });
    expect(told(fixed, [...fixed, open])).toEqual([
      "connection-opened-from-anywhere | anywhere outside → web:443 opens",
    ]);
  });

  it("tell of all pods of a namespace as one", () => {
    const others = [
      namespace("team-ml", "ml"),
      policy("default-deny", "team-ml", { podSelector: {}, policyTypes: ["Ingress"] }),
    ];
    const train = policy("train", "team-ml", { podSelector: pods("train"), policyTypes: ["Ingress"] });
    const open = policy("open", "team-data", {
      podSelector: pods("web"),
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "team-ml" } } }],
          ports: [tcp(80)],
        },
      ],
    });
    expect(told([...fixed, ...others, train], [...fixed, ...others, train, open])).toEqual([
      "connection-opened-between-teams | every pod of team-ml → web:80 opens",
    ]);
  });

  it("tell of a policy for a namespace that is not there", () => {
    const stray = policy("stray", "team-dat", { podSelector: {}, policyTypes: ["Ingress"] });
    expect(told(fixed, [...fixed, stray])).toEqual([
      "network-policy-without-effect | NetworkPolicy team-dat/stray selects nothing: there is no namespace team-dat",
    ]);
  });

  it("tell of one that the API server refuses, and what it no longer says", () => {
    const broken = policy("web-ingress", "team-data", { podSelector: { matchLabels: [] } });
    expect(told(fixed, [namespace("team-data", "data"), deny, broken, front])).toEqual([
      "connection-closed-in-team | front → web:80 closes",
      "network-policy-invalid | NetworkPolicy team-data/web-ingress is refused by the API server",
    ]);
  });
});

it("asks for nothing where nothing of the domain changed", () => {
  const before = productionTree("before", [...fixed, policyOf("one")]);
  const after = productionTree("after", [...fixed, policyOf("two")]);
  expect(networkConsequences(compareTrees(before, after))).toEqual([]);
});

function policyOf(name: string): object {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "team-data" } };
}
