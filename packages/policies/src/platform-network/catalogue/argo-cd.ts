import { apiServer, page, port, publicPorts, repositories, type Software, scraped } from "../software.ts";

const manifests = "https://github.com/argoproj/argo-cd/tree/v3.5.7/manifests/base";

export const argoCd: readonly Software[] = [
  {
    // All of it as one group of pods.
    name: "argocd",
    sources: [manifests],
    ports: {
      server: page(8080),
      "repo-server": { port: 8081 },
      redis: { port: 6379 },
      dex: { port: 5556 },
      "dex-grpc": { port: 5557 },
      metrics: scraped(8082),
      "metrics-server": scraped(8083),
      "metrics-repo": scraped(8084),
      "metrics-dex": scraped(5558),
      "metrics-notify": scraped(9001),
    },
    connects: [
      apiServer,
      repositories,
      port("argocd/repo-server"),
      port("argocd/redis"),
      port("argocd/dex"),
      port("argocd/dex-grpc"),
      publicPorts([443], "the identity provider, and where notifications go"),
    ],
  },
  {
    name: "argocd-server",
    sources: [`${manifests}/server`],
    ports: { server: page(8080), metrics: scraped(8083) },
    connects: [
      apiServer,
      port("argocd-repo-server/server"),
      port("argocd-redis/redis"),
      port("argocd-dex-server/http"),
      port("argocd-dex-server/grpc"),
    ],
  },
  {
    name: "argocd-repo-server",
    sources: [`${manifests}/repo-server`],
    ports: { server: { port: 8081 }, metrics: scraped(8084) },
    connects: [port("argocd-redis/redis"), repositories],
  },
  {
    name: "argocd-application-controller",
    sources: [`${manifests}/application-controller`],
    ports: { metrics: scraped(8082) },
    connects: [apiServer, port("argocd-repo-server/server"), port("argocd-redis/redis")],
  },
  {
    name: "argocd-applicationset-controller",
    sources: [`${manifests}/applicationset-controller`],
    ports: { webhook: page(7000), metrics: scraped(8080) },
    connects: [apiServer, port("argocd-repo-server/server")],
  },
  {
    name: "argocd-notifications-controller",
    sources: [`${manifests}/notification`],
    ports: { metrics: scraped(9001) },
    connects: [apiServer, port("argocd-repo-server/server"), publicPorts([443], "where notifications go")],
  },
  {
    name: "argocd-redis",
    sources: [`${manifests}/redis`],
    ports: { redis: { port: 6379 } },
    connects: [],
  },
  {
    name: "argocd-dex-server",
    sources: [`${manifests}/dex`],
    ports: { http: { port: 5556 }, grpc: { port: 5557 }, metrics: scraped(5558) },
    connects: [apiServer, publicPorts([443], "the identity provider")],
  },
];
