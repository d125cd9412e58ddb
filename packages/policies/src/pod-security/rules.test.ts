import { describe, expect, test } from "vitest";
import { newestMinor, podSecurityRules } from "./rules.ts";

describe("the rules of a minor of Kubernetes", () => {
  // https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
  test.each([
    ["1.26", 5, "kernel.shm_rmid_forced"],
    ["1.27", 6, "net.ipv4.ip_local_reserved_ports"],
    ["1.28", 6, "net.ipv4.ip_local_reserved_ports"],
    ["1.29", 10, "net.ipv4.tcp_keepalive_time"],
    ["1.32", 12, "net.ipv4.tcp_rmem"],
    ["1.36", 12, "net.ipv4.tcp_wmem"],
    ["1.37", 14, "net.ipv4.tcp_notsent_lowat"],
  ])("%s allow %i sysctls, %s among them", (kubernetes, count, newest) => {
    const { sysctls } = podSecurityRules(kubernetes);
    expect(sysctls).toHaveLength(count);
    expect(sysctls).toContain(newest);
    expect(sysctls).toEqual([...new Set(sysctls)].sort());
  });

  test("allow the SELinux type of container engines from 1.31 on", () => {
    expect(podSecurityRules("1.31").seLinuxTypes).toEqual([
      ...podSecurityRules("1.30").seLinuxTypes,
      "container_engine_t",
    ]);
  });

  test("trust user namespaces from 1.35 on", () => {
    expect(["1.33", "1.34", "1.35", "1.36"].map((minor) => podSecurityRules(minor).trustsUserNamespaces)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test("are those of the newest minor where a minor is newer still", () => {
    expect(podSecurityRules("1.42")).toEqual(podSecurityRules(newestMinor));
  });
});
