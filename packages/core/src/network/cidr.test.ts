import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cidrContains, cidrProblem, cidrsOverlap, ipProblem } from "./cidr.ts";

describe("a CIDR block", () => {
  it.each(["10.0.0.0/8", "0.0.0.0/0", "169.254.20.10/32", "fd00::/8", "::/0", "2001:db8::1/128"])("%s is one", (cidr) =>
    expect(cidrProblem(cidr)).toBeUndefined(),
  );
  it.each([
    "",
    "10.0.0.0",
    "10.0.0.0/33",
    "10.0.0/8",
    "10.0.0.256/32",
    "fd00::/129",
    "10.0.0.0/-1",
    "1/8",
    "0x0a.0.0.0/8",
    "10.0.0.0/8 ",
  ])("%j is none", (cidr) => expect(cidrProblem(cidr)).toMatch(/is not a CIDR block/));
  it("names its network when bits beyond the prefix are set", () =>
    expect(cidrProblem("10.1.2.3/16")).toContain("10.1.0.0/16"));

  it("overlaps what it contains and what contains it", () => {
    expect(cidrsOverlap("10.0.0.0/8", "10.3.0.0/16")).toBe(true);
    expect(cidrsOverlap("10.3.0.0/16", "10.0.0.0/8")).toBe(true);
    expect(cidrsOverlap("10.0.0.0/16", "10.1.0.0/16")).toBe(false);
    expect(cidrsOverlap("10.0.0.0/8", "fd00::/8")).toBe(false);
  });
  it("contains only what lies wholly inside", () => {
    expect(cidrContains("10.0.0.0/8", "10.3.0.0/16")).toBe(true);
    expect(cidrContains("10.3.0.0/16", "10.0.0.0/8")).toBe(false);
  });

  it("overlap is symmetric", () => {
    const cidr = fc
      .tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }))
      .map(([address, prefix]) => `${address}/${prefix}`);
    fc.assert(fc.property(cidr, cidr, (a, b) => cidrsOverlap(a, b) === cidrsOverlap(b, a)));
  });
});

describe("an IP address", () => {
  it.each(["10.0.0.1", "169.254.20.10", "fd00::1"])("%s is one", (ip) => expect(ipProblem(ip)).toBeUndefined());
  it.each(["", "10.0.0", "10.0.0.0/8", "fe80::1%eth0", "1"])("%j is none", (ip) => expect(ipProblem(ip)).toBeDefined());
});
