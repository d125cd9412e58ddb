import { listAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { requireIngressTls as policy } from "./require-ingress-tls.ts";

describe("require-ingress-tls", () => {
  test("finds hosts without a certificate, where a wildcard is one label", () => {
    expect(
      disagreements(policy, ({ resource }, parameters) => {
        const elsewhere = listAt({ keys: parameters("annotations") }, "keys");
        if (elsewhere.some((key) => valueTextAt(resource, "metadata", "annotations", String(key)) !== "")) return [];
        const certified = listAt(resource, "spec", "tls").flatMap((each) => listAt(each, "hosts").map(String));
        return listAt(resource, "spec", "rules")
          .map((rule) => valueTextAt(rule, "host"))
          .filter(
            (host) =>
              host !== "" && !certified.includes(host) && !certified.includes(host.replace(/^[^.]+(?=\.)/, "*")),
          )
          .map((host) => `no certificate in tls is for ${host}`);
      }),
    ).toEqual([]);
  });
});
