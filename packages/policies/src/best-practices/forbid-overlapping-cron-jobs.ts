import { CronJob } from "kubernetes-models/batch/v1/CronJob";
import { cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import { type ObjectFixture, object } from "../admission/object-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";

function cronJob(concurrencyPolicy?: "Allow" | "Forbid" | "Replace"): ObjectFixture {
  const container = { name: "import", image: "registry.example.com/shop/import:1.4.2" };
  return object(CronJob, {
    spec: {
      schedule: "0 3 * * *",
      ...(concurrencyPolicy === undefined ? {} : { concurrencyPolicy }),
      jobTemplate: { spec: { template: { spec: { restartPolicy: "Never", containers: [container] } } } },
    },
  });
}

const message = "concurrencyPolicy is Allow";

/** One run of a CronJob ends before the next begins. */
export const forbidOverlappingCronJobs: Policy<ObjectFixture> = definePolicy({
  name: "forbid-overlapping-cron-jobs",
  title: "Forbid overlapping CronJobs",
  category: "Best Practices",
  severity: "low",
  why: "A run that takes longer than the interval meets the next one: they work on the same data, and pods pile up until the quota stops everything else.",
  fix: "Set concurrencyPolicy to Forbid or Replace.",
  // Some runs may overlap by design, and nothing in the object says so.
  auditOnly: true,
  match: objects(["CronJob"]),
  offenders: cel`object.spec.?concurrencyPolicy.orValue('Allow') == 'Allow' ? ['concurrencyPolicy is Allow'] : []`,
  good: [cronJob("Forbid"), cronJob("Replace")],
  bad: [violation(cronJob(), message), violation(cronJob("Allow"), message)],
});
