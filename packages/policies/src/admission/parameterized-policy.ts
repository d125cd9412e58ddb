import { type Environment, type Finding, once, type Platform } from "@plinth/core";
import type { Fixture } from "./fixture.ts";
import { type ParameterValues, parameterFindings } from "./parameter.ts";
import type { PodFixture } from "./pod-fixture.ts";
import { definePolicy, type Policy, type PolicyInput } from "./policy.ts";

/** A policy that can be told something. */
export interface ParameterizedPolicy<Values extends ParameterValues, Tried extends Fixture = PodFixture>
  extends Policy<Tried> {
  /** The policy with these values; what is left out stays as it is. Values of another shape are findings, and the default holds. */
  readonly with: (values: Partial<Values>) => ParameterizedPolicy<Values, Tried>;
}

export interface ParameterizedPolicyInput<Values extends ParameterValues, Tried extends Fixture = PodFixture> {
  /** Its parameters with the values that hold when nobody says anything. */
  readonly defaults: Values;
  /** What each parameter is, in one sentence. */
  readonly parameters: { readonly [Name in keyof Values]: string };
  /** Defaults of an environment, where the model knows better: its domain, its version of Kubernetes. */
  readonly from?: (platform: Platform, environment: Environment) => Partial<Values>;
  /** Other values that it is tried with, beside the defaults. */
  readonly tried: readonly Partial<Values>[];
  /** The policy for values: its fixtures, too, so that each value has its own. */
  readonly policy: (values: Values) => PolicyInput<Tried>;
}

/**
 * Defines a policy with parameters. Values become literals of CEL through `cel`, never code; good and bad objects are made of them, so that a policy is
 * tried with each value that it is given.
 *
 * @example
 * const defaults: { registries: readonly string[] } = { registries: ["registry.example.com/"] };
 * parameterizedPolicy({
 *   defaults,
 *   parameters: { registries: "What the names of images begin with." },
 *   tried: [{ registries: ["a.example.com/", "b.example.com/shop/"] }],
 *   policy: ({ registries }) => ({
 *     name: "registries",
 *     title: "Registries",
 *     category: "Supply Chain",
 *     severity: "high",
 *     why: "Nobody scans the images of other registries.",
 *     fix: "Push the image to a registry of the platform.",
 *     match: pods(),
 *     offenders: cel`variables.containers
 *       .filter(c, !${registries}.exists(registry, c.image.startsWith(registry)))
 *       .map(c, 'container ' + c.name + ' runs the image ' + c.image)`,
 *     good: registries.map((registry) => pod({ containers: [{ image: `${registry}cart:1.4.2` }] })),
 *     bad: [violation(pod({ containers: [{ image: "nginx:1.29.3" }] }), "container app runs the image nginx:1.29.3")],
 *   }),
 * });
 */
export function parameterizedPolicy<Values extends ParameterValues, Tried extends Fixture = PodFixture>(
  input: ParameterizedPolicyInput<Values, Tried>,
): ParameterizedPolicy<Values, Tried> {
  return given(
    input,
    {},
    input.tried.map((values) => policyOf(input, { ...input.defaults, ...values }, [])),
  );
}

function given<Values extends ParameterValues, Tried extends Fixture>(
  input: ParameterizedPolicyInput<Values, Tried>,
  values: Partial<Values>,
  variants: readonly Policy<Tried>[],
): ParameterizedPolicy<Values, Tried> {
  const findings = parameterFindings(input.policy(input.defaults).name, input.defaults, values);
  const accepted = findings.length === 0 ? values : {};
  return {
    ...policyOf(input, { ...input.defaults, ...accepted }, findings),
    variants,
    // Rendered, described and checked it is asked for again and again, and its objects are built and checked each time.
    inEnvironment: once((platform: Platform, environment: Environment) => ({
      ...policyOf(input, { ...input.defaults, ...input.from?.(platform, environment), ...accepted }, findings),
      variants,
    })),
    with: (more) => given(input, { ...values, ...more }, variants),
  };
}

function policyOf<Values extends ParameterValues, Tried extends Fixture>(
  input: ParameterizedPolicyInput<Values, Tried>,
  values: Values,
  findings: readonly Finding[],
): Policy<Tried> {
  const parameters = Object.entries(input.parameters).map(([name, what]) => [
    name,
    { what, value: values[name] ?? "" },
  ]);
  return { ...definePolicy(input.policy(values)), findings, parameters: Object.fromEntries(parameters) };
}
