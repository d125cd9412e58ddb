import { applicationName } from "../derived-names.ts";
import { at, type CrossCheck, entryPath } from "./cross-check.ts";

const MAX_LABEL = 63;

/** Names that are put together from others are still names: at most 63 characters once prefixed. */
export const derivedNamesFit: CrossCheck = (context) => {
  const { environments, services } = context.platform;
  for (const service of services) {
    const longest = environments
      .map((environment) => applicationName(environment.name, service.team, service.name))
      .sort((a, b) => b.length - a.length)[0];
    if (longest === undefined || longest.length <= MAX_LABEL) continue;
    context.report({
      code: "invalid-field",
      ...at(service),
      path: `${entryPath("services", service.name)}.name`,
      message: `the Argo CD application ${JSON.stringify(longest)} has ${longest.length} characters`,
      expected: `at most ${MAX_LABEL} characters with environment and team before it: ${service.name.length - (longest.length - MAX_LABEL)} for this name`,
      example: JSON.stringify(
        service.name.slice(0, Math.max(1, service.name.length - (longest.length - MAX_LABEL))).replace(/-+$/, ""),
      ),
    });
  }
};
