import { describe, expect, it } from "vitest";
import { metric } from "../catalogue/catalogue.ts";
import { count, max, sum } from "./aggregate.ts";
import { increase, labelReplace } from "./functions.ts";
import { matching } from "./matcher.ts";
import { narrowedBy, narrowingLabels } from "./narrowed-by.ts";
import { divide } from "./operators.ts";
import { printPromqlLine } from "./print.ts";

const chosen = matching("$namespace");

describe("an expression that is narrowed by a label", () => {
  it("asks each series that has the label by its own", () => {
    const by = ["namespace", "pod"];
    const share = divide(
      max(metric("container_memory_working_set_bytes"), { by }),
      max(metric("kube_pod_container_resource_limits"), { by }),
    );
    expect(printPromqlLine(narrowedBy(share, "namespace", chosen))).toBe(
      'max by (namespace, pod) (container_memory_working_set_bytes{namespace=~"$namespace"}) / max by (namespace, pod) (kube_pod_container_resource_limits{namespace=~"$namespace"})',
    );
  });

  it("leaves series alone that have it only from the scrape, beside others that have it by their own", () => {
    const joined = divide(
      sum(metric("kube_pod_info"), { by: ["namespace"] }),
      count(metric("node_load1"), { by: ["namespace"] }),
    );
    expect(printPromqlLine(narrowedBy(joined, "namespace", chosen))).toBe(
      'sum by (namespace) (kube_pod_info{namespace=~"$namespace"}) / count by (namespace) (node_load1)',
    );
  });

  it("asks for the target where no series has it by its own", () => {
    expect(printPromqlLine(narrowedBy(max(metric("otelcol_process_memory_rss")), "namespace", chosen))).toBe(
      'max(otelcol_process_memory_rss{namespace=~"$namespace"})',
    );
  });

  it("asks by the name that the series has for it", () => {
    const replaced = labelReplace(increase(metric("kyverno_admission_requests_total"), "5m"), {
      to: "namespace",
      replacement: "$1",
      from: "resource_namespace",
      matches: "(.*)",
    });
    expect(printPromqlLine(narrowedBy(replaced, "namespace", chosen))).toContain(
      'kyverno_admission_requests_total{resource_namespace=~"$namespace"}[5m]',
    );
  });

  it("stays as it is where no series has the label", () => {
    const nodes = count(metric("kube_node_info"));
    expect(narrowedBy(nodes, "persistentvolumeclaim", chosen)).toBe(nodes);
    expect(narrowingLabels(nodes, ["persistentvolumeclaim", "node"])).toEqual(["node"]);
  });
});
