import { type Document, emitYaml, type Platform } from "@plinth/core";
import { stateIn } from "../rollout/rollout-state.ts";
import { describeControl } from "./control.ts";
import { placedFixture } from "./fixture.ts";
import { isClusterScoped, matchedKinds } from "./match.ts";
import { controllerKinds } from "./pod-fixture.ts";
import { type AnyPolicy, controlsOf, messageOf, policyIn } from "./policy.ts";

const folder = "docs/policies";

/**
 * The pages about policies for those whose objects are judged: an index, and a page for each policy that says what it asks, why, how to fix it, what passes
 * and what does not, and how to ask for an exception.
 *
 * @example
 * import type { Platform } from "@plinth/core";
 * declare const platform: Platform;
 * policyPages(policyCatalog, platform).map(({ path }) => path);
 */
export function policyPages(policies: readonly AnyPolicy[], platform: Platform): readonly Document[] {
  const sorted = policies.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return [
    { path: `${folder}/index.md`, text: indexPage(sorted, platform) },
    ...sorted.map((policy) => ({
      path: `${folder}/${policy.name}.md`,
      text: policyPage(asShown(policy, platform), policy, platform),
    })),
  ];
}

function indexPage(policies: readonly AnyPolicy[], platform: Platform): string {
  const { environments } = platform;
  const names = environments.map(({ name }) => name);
  const categories = [...new Set(policies.map(({ category }) => category))].sort();
  const sections = categories.flatMap((category) => [
    `## ${category}`,
    "",
    `| Policy | Severity | ${names.join(" | ")} |`,
    `| --- | --- | ${names.map(() => "---").join(" | ")} |`,
    ...policies
      .filter((policy) => policy.category === category)
      .map(
        (policy) =>
          `| [${policy.title}](${policy.name}.md) | ${policy.severity} | ${environments
            .map((environment) => stateIn(policy, platform, environment))
            .join(" | ")} |`,
      ),
    "",
  ]);
  return [
    "# What is admitted",
    "",
    "Each policy reports, warns or refuses, by environment. A report changes nothing; a warning and a refusal say what to do in their message, and so does the policy's page.",
    "",
    "Since when, what is due next, and what is let pass: [what policies do where](rollout.md).",
    "",
    ...sections,
  ].join("\n");
}

/** The policy as production has it, or else the first environment that has it at all: examples and fix name the platform's own values then. */
function asShown(policy: AnyPolicy, platform: Platform): AnyPolicy {
  const environments = platform.environments.toSorted(
    (one, other) => Number(other.production) - Number(one.production),
  );
  const [shown] = environments.flatMap((environment) => policyIn(policy, platform, environment) ?? []);
  return shown ?? policy;
}

function policyPage(shown: AnyPolicy, policy: AnyPolicy, platform: Platform): string {
  const controls = controlsOf(policy);
  const parameters = Object.entries(policy.parameters);
  return [
    `# ${policy.title}`,
    "",
    `\`${policy.name}\` · ${policy.category} · severity ${policy.severity}`,
    "",
    "## Why",
    "",
    shown.why,
    "",
    "## How to fix it",
    "",
    shown.fix,
    "",
    "## What is judged",
    "",
    judged(policy),
    "",
    "| Environment | An object that does not pass is |",
    "| --- | --- |",
    ...platform.environments.map(
      (environment) => `| ${environment.name} | ${stateIn(policy, platform, environment)} |`,
    ),
    "",
    ...examples(shown),
    ...(parameters.length === 0
      ? []
      : [
          "## Parameters",
          "",
          "| Parameter | What it is | Value |",
          "| --- | --- | --- |",
          ...parameters.map(([name, { what }]) => `| \`${name}\` | ${what} | ${valuesIn(policy, name, platform)} |`),
          "",
        ]),
    ...(controls.length === 0
      ? []
      : ["## Controls", "", ...controls.map((control) => `- ${describeControl(control)}`), ""]),
    ...exceptionText(policy, platform),
  ].join("\n");
}

function judged({ match, since }: AnyPolicy): string {
  const kinds = matchedKinds(match).map(({ kind }) => kind);
  const controllers = match.controllers.map((controller) => controllerKinds[controller].kind);
  const when = match.operations.includes("UPDATE") ? "created or changed" : "created";
  const from = since === undefined ? "" : ` From Kubernetes ${since} on.`;
  const where = isClusterScoped(match)
    ? ", unless its name says that it belongs to the cluster or to a component of the platform"
    : " in a namespace of a team";
  const inside = controllers.length === 0 ? "" : ` The same holds for the template of a ${listed(controllers, "or")}.`;
  return `A ${listed(kinds, "or")}, when it is ${when}${where}.${inside}${from}`;
}

function listed(words: readonly string[], conjunction: string): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}

function examples(policy: AnyPolicy): string[] {
  // The last good object says most: the first is often the plain one.
  const good = policy.good.at(-1);
  const [bad] = policy.bad;
  const place = { name: "example", namespace: "team-example" };
  return [
    ...(good === undefined ? [] : ["## Passes", "", ...yaml(placedFixture(good, place))]),
    ...(bad === undefined
      ? []
      : [
          "## Does not pass",
          "",
          ...yaml(placedFixture(bad.fixture, place)),
          "```text",
          messageOf(policy, bad.offenders),
          "```",
          "",
        ]),
  ];
}

function yaml(value: unknown): string[] {
  return ["```yaml", emitYaml(value).trimEnd(), "```", ""];
}

/** A parameter's value; one for each environment where they differ. */
function valuesIn(policy: AnyPolicy, name: string, platform: Platform): string {
  const values = platform.environments.map((environment) => {
    const value = (policyIn(policy, platform, environment) ?? policy).parameters[name]?.value;
    return { environment: environment.name, text: `\`${JSON.stringify(value).replaceAll("|", "\\|")}\`` };
  });
  const [first, ...others] = new Set(values.map(({ text }) => text));
  if (others.length === 0) return first ?? "";
  return values.map(({ environment, text }) => `${environment}: ${text}`).join(", ");
}

function exceptionText(policy: AnyPolicy, platform: Platform): string[] {
  if (policy.auditOnly === true) return ["## Exceptions", "", "None are needed: the policy only ever reports.", ""];
  return [
    "## Exceptions",
    "",
    "Fix the object first. Where that has to wait, ask the platform's admins " +
      `(\`${platform.groups.admins}\`) for an exception and say: which policy (\`${policy.name}\`), which object in which namespace and environment, why, ` +
      "the ticket of the fix, who owns it, and the last day on which it is needed. An exception covers that object and no other, and ends on that day.",
    "",
    "```ts",
    `except(${JSON.stringify(policy.name)}, {`,
    `  for: ${exceptedExample(policy)},`,
    '  in: "production",',
    '  because: "Why it cannot do what the policy asks, yet.",',
    '  ticket: "SEC-212",',
    '  approvedBy: "platform",',
    `  owner: ${JSON.stringify(platform.teams[0]?.name ?? platform.groups.admins)},`,
    '  until: "2027-03-31",',
    "});",
    "```",
    "",
  ];
}

/** What an exception from a policy is for, as it is typed. */
function exceptedExample({ match }: AnyPolicy): string {
  if (match.kind === "pods") return '{ service: "checkout" }';
  const [kind] = matchedKinds(match).map((each) => each.kind);
  const resource = `resource: { kind: ${JSON.stringify(kind)}, name: "example" }`;
  return isClusterScoped(match) ? `{ ${resource} }` : `{ team: "example", ${resource} }`;
}
