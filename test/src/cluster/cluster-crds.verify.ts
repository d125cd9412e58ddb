import { type Finding, fieldAt } from "@plinth/core";
import { crdFiles, schemaNames } from "../tools/schemas.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";
import { expectThat } from "./shortfall.ts";
import { withCluster } from "./with-cluster.ts";

/** Every custom resource definition of the pinned modules installs, and the server judges objects of their kinds. */
export async function crdsAreServed(): Promise<Finding[]> {
  const { files, findings } = await crdFiles(schemaNames);
  if (findings.length > 0) return [...findings];
  return withCluster({}, async (cluster) => {
    const names = await cluster.installCrds(files);
    const again = await cluster.installCrds(files.slice(0, 1));
    const rule = prometheusRule({ expr: "up == 0" });
    const good = await cluster.create(rule, { dryRun: true });
    const unknownField = await cluster.create(prometheusRule({ expr: "up == 0", severity: "high" }), { dryRun: true });
    const wrongType = await cluster.create(prometheusRule({ expr: ["up"] }), { dryRun: true });
    return [
      ...expectThat(
        names.length === files.length,
        `${files.length} files gave ${names.length} definitions`,
        "one definition in each file",
      ),
      ...expectThat(again.length === 1, "A definition cannot be installed twice", "no change"),
      ...expectThat(good.accepted, `A good PrometheusRule is refused: ${fieldAt(good, "message")}`, "accepted"),
      ...expectThat(
        !unknownField.accepted && unknownField.message.includes("severity"),
        "A PrometheusRule with an unknown field is accepted",
        "refused, and the field named",
      ),
      ...expectThat(!wrongType.accepted, "A PrometheusRule whose expression is a list is accepted", "refused"),
    ];
  });
}

function prometheusRule(rule: Record<string, unknown>): KubernetesObject {
  const groups = [{ name: "availability", rules: [{ alert: "Down", ...rule }] }];
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "availability", namespace: "default" },
    spec: { groups },
  };
}
