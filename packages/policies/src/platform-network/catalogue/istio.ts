import { apiServer, port, type Software, scraped, webhook } from "../software.ts";

const portsPage = "https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio";
const charts = "https://github.com/istio/istio/tree/master/manifests/charts";

// The proxy of a gateway: load balancers ask for its health, and its own metrics are merged with those of Envoy.
const gatewayPorts = { health: webhook(15021), metrics: scraped(15020), "metrics-envoy": scraped(15090) };

export const istio: readonly Software[] = [
  {
    name: "istiod",
    sources: [portsPage, `${charts}/istio-control/istio-discovery/templates/networkpolicy.yaml`],
    ports: { xds: { port: 15012 }, webhook: webhook(15017), metrics: scraped(15014) },
    connects: [apiServer],
  },
  {
    name: "istio-ingress",
    sources: [portsPage, `${charts}/gateway`],
    ports: { http: { port: 8080, from: ["anyone"] }, https: { port: 8443, from: ["anyone"] }, ...gatewayPorts },
    connects: [
      port("istiod/xds"),
      port("argocd/server"),
      port("argocd-server/server"),
      port("argo-workflows/web"),
      port("argo-workflows-server/web"),
      port("grafana/http"),
      port("opencost/ui"),
    ],
  },
  {
    name: "istio-egress",
    sources: [portsPage, `${charts}/gateway`],
    ports: { http: { port: 8080 }, https: { port: 8443 }, ...gatewayPorts },
    connects: [port("istiod/xds")],
  },
  {
    name: "ztunnel",
    sources: [portsPage, `${charts}/ztunnel/templates/networkpolicy.yaml`],
    // What it carries for other pods, it carries inside their network: only its metrics are its own.
    ports: { metrics: scraped(15020) },
    connects: [port("istiod/xds")],
  },
  {
    name: "istio-cni-node",
    sources: [portsPage, `${charts}/istio-cni`],
    ports: { metrics: scraped(15014) },
    connects: [apiServer],
  },
];
