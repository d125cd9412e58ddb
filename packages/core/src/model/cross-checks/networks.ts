import { cidrContains, cidrsOverlap } from "../../network/cidr.ts";
import { at, type CrossCheck, entryPath } from "./cross-check.ts";

const hostBlock = (ip: string): string => `${ip}/${ip.includes(":") ? 128 : 32}`;

/** Within an environment: Services and nodes apart, DNS among the Services, API server among the nodes. */
export const environmentNetworksFit: CrossCheck = (context) => {
  for (const environment of context.platform.environments) {
    const { network } = environment;
    const path = `${entryPath("environments", environment.name)}.network`;
    for (const field of ["vpc", "nodes", "pods"] as const) {
      network[field].forEach((cidr, index) => {
        // Left out, nodes and pods are those of the VPC: said once.
        if (field !== "vpc" && network.vpc.includes(cidr)) return;
        if (!cidrsOverlap(cidr, network.services)) return;
        context.report({
          code: "conflicting-fields",
          ...at(environment),
          path: `${path}.services`,
          message: `${network.services} overlaps ${field}[${index}], ${cidr}`,
          expected: "a block for Services outside the addresses of nodes and pods",
          example: 'services: "172.20.0.0/16"',
        });
      });
    }
    if (!cidrContains(network.services, hostBlock(network.clusterDns))) {
      context.report({
        code: "conflicting-fields",
        ...at(environment),
        path: `${path}.clusterDns`,
        message: `${network.clusterDns} lies outside services, ${network.services}`,
        expected: "an address of the Service block",
      });
    }
    network.apiServer.forEach((cidr, index) => {
      if (network.vpc.some((block) => cidrContains(block, cidr))) return;
      context.report({
        code: "conflicting-fields",
        ...at(environment),
        path: `${path}.apiServer[${index}]`,
        message: `${cidr} lies outside vpc, ${network.vpc.join(", ")}`,
        expected: "the private endpoints: a block inside the VPC",
      });
    });
  }
};

/** Between environments: no node of one has an address of another, or a rule for one would open the other. */
export const environmentNetworksAreDisjoint: CrossCheck = (context) => {
  const blocks = context.platform.environments.flatMap((environment) =>
    environment.network.vpc.map((cidr, index) => ({ environment, cidr, index })),
  );
  blocks.forEach((block, position) => {
    for (const earlier of blocks.slice(0, position)) {
      if (earlier.environment === block.environment || !cidrsOverlap(earlier.cidr, block.cidr)) continue;
      context.report({
        code: "conflicting-fields",
        ...at(block.environment),
        path: `${entryPath("environments", block.environment.name)}.network.vpc[${block.index}]`,
        message: `${block.cidr} overlaps ${earlier.cidr} of ${earlier.environment.name}`,
        expected: "a block that no other environment uses",
        example: 'vpc: ["10.30.0.0/16"]',
      });
    }
  });
};

/** A managed data store is outside the cluster: a rule for a block of Services would never match it. */
export const dataStoreBlocksAreOutside: CrossCheck = (context) => {
  const environments = new Map(
    context.platform.environments.map((environment) => [String(environment.name), environment]),
  );
  for (const store of context.platform.dataStores) {
    for (const [name, placement] of store.placements) {
      const services = environments.get(name)?.network.services;
      if (services === undefined || placement.kind !== "managed") continue;
      placement.cidrs.forEach((cidr, index) => {
        if (!cidrsOverlap(cidr, services)) return;
        context.report({
          code: "conflicting-fields",
          ...at(store),
          path: `${entryPath("dataStores", store.name)}.placements.${name}.cidrs[${index}]`,
          message: `${cidr} overlaps the Services of ${name}, ${services}`,
          expected: "addresses outside the cluster",
        });
      });
    }
  }
};
