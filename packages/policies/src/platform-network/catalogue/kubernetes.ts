import { apiServer, dnsPorts, type Software, scraped, webhook } from "../software.ts";

const controllers = "https://kubernetes.io/docs/concepts/architecture/controller/";

/** Software of no name of its own: what a component may say that it is when the catalogue does not know it. */
export const kubernetes: readonly Software[] = [
  {
    name: "kubernetes-controller",
    sources: [controllers],
    ports: { metrics: scraped(8080) },
    connects: [apiServer],
  },
  {
    name: "kubernetes-operator",
    sources: [controllers, "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/"],
    ports: { webhook: webhook(9443), metrics: scraped(8080) },
    connects: [apiServer],
  },
  {
    // A cache, a page of files: it answers and asks nobody.
    name: "server",
    sources: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/"],
    ports: {},
    connects: [],
  },
  {
    name: "coredns",
    sources: ["https://github.com/coredns/helm/tree/master/charts/coredns/templates"],
    ports: { metrics: scraped(9153) },
    connects: [apiServer, { to: "vpc", ports: dnsPorts }],
  },
];
