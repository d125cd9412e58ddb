import { examplePlatform } from "@plinth/core/testing";
import { alertPanel, dashboardUrl, linkedPanels, platformDashboardUid } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert/alert.ts";
import { platformAlerts } from "../catalogue.ts";
import { nodeNotReady } from "../cluster/node-not-ready.ts";
import { highErrorRate } from "../services/high-error-rate.ts";
import { watchdog } from "../telemetry/watchdog.ts";
import { podCrashLooping } from "../workloads/pod-crash-looping.ts";
import { runbookPage } from "./runbook-page.ts";

const platform = examplePlatform();

function pageOf(alert: Alert): string {
  return runbookPage(
    platform,
    platform.environments.map((environment) => ({ environment, alert })),
  );
}

describe("a runbook", () => {
  it.each(platformAlerts.map((alert) => [alert.name, alert] as const))("of %s has all its parts", (name, alert) => {
    const { logs, traces } = alert.firstQueries ?? {};
    const page = pageOf(alert);
    expect(page.match(/^#+ .*/gm)).toEqual([
      `# ${name}`,
      "## Meaning",
      "## Impact",
      "## Diagnosis",
      "## Mitigation",
      ...(logs === undefined && traces === undefined ? [] : ["## First queries"]),
      "## Who is told",
    ]);
    expect(page).not.toMatch(/undefined|\[object|\{\{/);
  });

  it("shows the expression that fires", () => {
    expect(pageOf(nodeNotReady)).toContain(`# NodeNotReady

Severity **critical**. Fires once this has held for 10m:

\`\`\`promql
  max by (node) (kube_node_status_condition{condition="Ready",status="true"}) == 0
unless
  max by (node) (kube_node_spec_unschedulable) == 1
\`\`\`

[Dashboard](${dashboardUrl(platform, platformDashboardUid("nodes"), { panel: alertPanel("NodeNotReady") })})

## Meaning
`);
  });

  it("numbers its steps and has their queries and commands ready", () => {
    expect(pageOf(podCrashLooping)).toContain(`1. What did it say before it ended?

   \`\`\`sh
   kubectl logs --namespace <namespace> <pod> --container <container> --previous --tail 100
   \`\`\`

2. Why did it end?`);
  });

  it("says who is told in each environment, as the routing decides", () => {
    expect(pageOf(podCrashLooping)).toContain(`| Namespace of | development | production |
| --- | --- | --- |
| backend | null | backend-chat |
| frontend | null | frontend-chat |
| anybody else | null | platform-chat |`);
    expect(pageOf(nodeNotReady)).toContain("| platform | null | platform-pagerduty |");
    expect(pageOf(watchdog)).toContain("The receiver of the dead man's switch");
  });

  it("of an alert that each service has lists the services with their limits", () => {
    const page = runbookPage(
      platform,
      platform.environments.flatMap((environment) =>
        platform.services.flatMap((service) => {
          const alert = highErrorRate.alertOf(service, environment);
          return alert === undefined ? [] : [{ environment, alert }];
        }),
      ),
    );
    expect(page).toContain(
      `| [checkout](${dashboardUrl(platform, "service-checkout", { panel: linkedPanels.requestErrors })}) | backend | critical | checkout fails more than 5 % of its requests | 5m |`,
    );
    expect(page).toContain("| checkout | null | backend-pagerduty |");
    expect(page).toContain("| mailer | null | backend-email |");
  });
});
