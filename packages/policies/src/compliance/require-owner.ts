import { labelKeys } from "@plinth/core";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { CronJob } from "kubernetes-models/batch/v1/CronJob";
import { cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import { type ObjectFixture, object } from "../admission/object-fixture.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { violation } from "../admission/policy.ts";

const defaults: { readonly keys: readonly string[] } = { keys: [labelKeys.team] };

const podSpec = { containers: [{ name: "app", image: "registry.example.com/shop/cart:1.4.2" }] };
const selector = { matchLabels: { "app.kubernetes.io/name": "cart" } };

type Texts = Readonly<Record<string, string>>;

function deployment(labels: Texts, annotations: Texts = {}): ObjectFixture {
  const template = { metadata: { labels: selector.matchLabels }, spec: podSpec };
  return object(Deployment, { spec: { selector, template } }, { labels, annotations });
}

const cronJob: ObjectFixture = object(CronJob, {
  spec: {
    schedule: "0 3 * * *",
    jobTemplate: { spec: { template: { spec: { ...podSpec, restartPolicy: "Never" } } } },
  },
});

/** Each workload says whom to ask about it. */
export const requireOwner: ParameterizedPolicy<typeof defaults, ObjectFixture> = parameterizedPolicy({
  defaults,
  parameters: { keys: "Keys that a workload must have, each as a label or as an annotation." },
  tried: [{ keys: ["plinth.dev/team", "example.com/runbook"] }],
  policy: ({ keys }) => {
    const clauses = keys.map((key) => `neither a label nor an annotation ${key} is there`);
    const [first = "", ...more] = clauses;
    const all = Object.fromEntries(keys.map((key) => [key, "backend"]));
    return {
      name: "require-owner",
      title: "Require an owner",
      category: "Compliance",
      severity: "low",
      why: "At night somebody looks for whom to call: a workload without an owner is nobody's.",
      fix: `Set ${keys.join(" and ")} in the labels or annotations of the workload.`,
      match: objects(["Deployment", "StatefulSet", "DaemonSet", "CronJob"]),
      variables: {
        labels: cel`object.metadata.?labels.orValue({})`,
        annotations: cel`object.metadata.?annotations.orValue({})`,
      },
      offenders: cel`${keys}
        .filter(key, variables.labels[?key].orValue('') == '' && variables.annotations[?key].orValue('') == '')
        .map(key, 'neither a label nor an annotation ' + key + ' is there')`,
      // What the platform renders says so already; a team's own charts may still have to learn it.
      auditOnly: true,
      good: [deployment(all), deployment({}, all)],
      bad: [
        violation(deployment({}), first, ...more),
        violation(cronJob, first, ...more),
        violation(
          deployment({ ...Object.fromEntries(keys.map((key) => [key, ""])), "app.kubernetes.io/name": "cart" }),
          first,
          ...more,
        ),
      ],
    };
  },
});
