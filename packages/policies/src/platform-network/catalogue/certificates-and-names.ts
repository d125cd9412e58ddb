import {
  apiServer,
  cloudApis,
  dnsPorts,
  publicPorts,
  type Software,
  scraped,
  tokenService,
  webhook,
} from "../software.ts";

const certManager = "https://github.com/cert-manager/cert-manager/tree/v1.19.1/deploy/charts/cert-manager/templates";
const externalSecrets =
  "https://github.com/external-secrets/external-secrets/tree/main/deploy/charts/external-secrets/templates";

export const certificatesAndNames: readonly Software[] = [
  {
    name: "cert-manager",
    sources: [`${certManager}/deployment.yaml`, `${certManager}/networkpolicy-egress.yaml`],
    ports: { metrics: scraped(9402) },
    connects: [
      apiServer,
      // Before it asks for a certificate it looks at its own answer to the challenge: the page, or the record at the zone's name servers.
      publicPorts([80, 443], "the certificate authority's ACME server, and the answer to a challenge"),
      { to: "public", ports: dnsPorts, because: "the name servers of a zone that a challenge is answered in" },
      tokenService,
    ],
  },
  {
    name: "cert-manager-webhook",
    sources: [`${certManager}/webhook-deployment.yaml`],
    ports: { webhook: webhook(10250), metrics: scraped(9402) },
    connects: [apiServer],
  },
  {
    name: "cert-manager-cainjector",
    sources: [`${certManager}/cainjector-deployment.yaml`],
    ports: { metrics: scraped(9402) },
    connects: [apiServer],
  },
  {
    name: "external-dns",
    sources: ["https://github.com/kubernetes-sigs/external-dns/tree/master/charts/external-dns/templates"],
    ports: { http: scraped(7979) },
    connects: [apiServer, cloudApis, tokenService],
  },
  {
    name: "external-secrets",
    sources: [`${externalSecrets}/deployment.yaml`],
    ports: { metrics: scraped(8080) },
    connects: [apiServer, cloudApis, tokenService],
  },
  {
    name: "external-secrets-webhook",
    sources: [`${externalSecrets}/webhook-deployment.yaml`],
    ports: { webhook: webhook(10250), metrics: scraped(8080) },
    connects: [apiServer],
  },
  {
    name: "external-secrets-cert-controller",
    sources: [`${externalSecrets}/cert-controller-deployment.yaml`],
    ports: { metrics: scraped(8080) },
    connects: [apiServer],
  },
];
