import { type Finding, isDnsLabel, type Platform } from "@plinth/core";

/** Names that Kubernetes does not take, and names that two share: one object would hide the other. */
export function duplicateNameFindings(list: string, named: readonly { readonly name: string }[]): readonly Finding[] {
  return named.flatMap(({ name }, index): Finding[] => [
    ...(isDnsLabel(name)
      ? []
      : [
          {
            code: "invalid-field" as const,
            severity: "error" as const,
            path: `${list}[${index}].name`,
            message: `${JSON.stringify(name)} is not a DNS label`,
            expected: "lower-case letters, digits and '-', at most 63",
            example: '"default-job-ttl"',
          },
        ]),
    ...(named.findIndex((other) => other.name === name) === index
      ? []
      : [
          {
            code: "duplicate-name" as const,
            severity: "error" as const,
            path: `${list}[${index}].name`,
            message: `${JSON.stringify(name)} is there twice`,
            expected: "a name of its own",
            example: JSON.stringify(`${name}-2`),
          },
        ]),
  ]);
}

/**
 * Policies that one of Kyverno's controllers carries out, on a platform that runs Kyverno and not that controller. A platform that does not name Kyverno at
 * all says nothing about it.
 */
export function controllerFindings(
  { components }: Platform,
  controller: "kyverno-background-controller" | "kyverno-cleanup-controller",
  carriesOut: string,
): readonly Finding[] {
  const running = components.map(({ software }) => String(software));
  if (!running.some((software) => software.startsWith("kyverno"))) return [];
  if (running.includes("kyverno") || running.includes(controller)) return [];
  return [
    {
      code: "without-effect",
      severity: "warning",
      path: "components",
      message: `${carriesOut} by ${controller}, which the platform does not run`,
      expected: `the component ${controller}`,
      example: `{ name: "${controller}", namespace: "kyverno" }`,
    },
  ];
}
