import { cidrContains, cidrsOverlap } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { hostBlock, isMetadataService, metadataServicesIn, publicAddresses } from "./address-blocks.ts";

function publicIn(network: Partial<Parameters<typeof exampleDevelopment>[0]>): ReturnType<typeof publicAddresses> {
  const [environment] = examplePlatform({
    environments: [exampleDevelopment(network), exampleProduction()],
  }).environments;
  if (environment === undefined) throw new Error("the example has environments");
  return publicAddresses(environment);
}

describe("public addresses", () => {
  test("are all but the private, the shared and the link-local ones", () => {
    expect(publicIn({})).toEqual({
      cidr: "0.0.0.0/0",
      except: ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
    });
  });

  test("are not those of the cluster, either, where it uses public blocks as its own", () => {
    const network = {
      vpc: ["198.18.0.0/15", "10.10.0.0/16"],
      services: "172.20.0.0/16",
      clusterDns: "172.20.0.10",
      apiServer: ["198.18.0.0/24"],
    };
    expect(publicIn({ network }).except).toContain("198.18.0.0/15");
    expect(publicIn({ network }).except).not.toContain("10.10.0.0/16");
  });

  test("are of the family that the cluster speaks", () => {
    const network = {
      vpc: ["2001:db8::/48"],
      services: "fd00:10::/108",
      clusterDns: "fd00:10::a",
      apiServer: ["2001:db8::/64"],
    };
    expect(publicIn({ network })).toEqual({ cidr: "::/0", except: ["2001:db8::/48", "fc00::/7", "fe80::/10"] });
  });

  test("are apart from each other's exceptions", () => {
    const { cidr, except } = publicIn({});
    expect(except.every((block) => cidrContains(cidr, block))).toBe(true);
    expect(except.some((a) => except.some((b) => a !== b && cidrsOverlap(a, b)))).toBe(false);
  });
});

describe("the metadata service", () => {
  test("lies in every block that holds its address", () => {
    expect(metadataServicesIn("0.0.0.0/0")).toEqual(["169.254.169.254/32"]);
    expect(metadataServicesIn("169.254.0.0/16")).toEqual(["169.254.169.254/32"]);
    expect(metadataServicesIn("fd00::/8")).toEqual(["fd00:ec2::254/128"]);
    expect(metadataServicesIn("203.0.113.0/24")).toEqual([]);
  });

  test("is the block of its address alone", () => {
    expect(["169.254.169.254/32", "fd00:ec2::254/128", "169.254.169.0/24"].map(isMetadataService)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

test("one address is a block of its family", () => {
  expect(["169.254.20.10", "fd00:10::a"].map(hostBlock)).toEqual(["169.254.20.10/32", "fd00:10::a/128"]);
});
