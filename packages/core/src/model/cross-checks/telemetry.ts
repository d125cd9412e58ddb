import { backendsOf, isCloudBackend } from "../telemetry-backends.ts";
import { at, type CrossCheck, entryPath } from "./cross-check.ts";

/** Back ends of an environment are told apart by name. */
export const backendsAreDistinct: CrossCheck = (context) => {
  for (const environment of context.platform.environments) {
    const first = new Map<string, string>();
    for (const { signal, index, backend } of backendsOf(environment.telemetry.backends)) {
      const { name } = backend;
      const place = `telemetry.backends.${signal}[${index}]`;
      const other = first.get(name);
      if (other !== undefined)
        context.report({
          code: "duplicate-name",
          ...at(environment),
          path: `${entryPath("environments", environment.name)}.${place}.name`,
          message: `${other} is named ${JSON.stringify(name)} too`,
          expected: "a name that no other back end of the environment has",
          example: `name: ${JSON.stringify(`${name}-${signal}`)}`,
        });
      else first.set(name, place);
    }
  }
};

/** Collectors that write to services of the cloud are somebody there. */
export const cloudBackendsHaveRole: CrossCheck = (context) => {
  for (const environment of context.platform.environments) {
    const { backends, cloudRole } = environment.telemetry;
    // With pod identity, the cloud itself says which role the ServiceAccount has.
    if (cloudRole !== undefined || environment.cluster.workloadIdentity !== "irsa") continue;
    const inCloud = backendsOf(backends).find(({ backend }) => isCloudBackend(backend))?.backend;
    if (inCloud === undefined) continue;
    context.report({
      code: "invalid-field",
      ...at(environment),
      path: `${entryPath("environments", environment.name)}.telemetry.cloudRole`,
      message: `is missing, and ${inCloud.name} takes nothing from somebody whom the cloud does not know`,
      expected: "the cloud role that the gateways take",
      example: `cloudRole: "telemetry-gateway"`,
    });
  }
};

/** Two jobs would write one series. */
export const scrapeJobsAreDistinct: CrossCheck = (context) => {
  for (const environment of context.platform.environments) {
    const jobs = new Set<string>();
    environment.telemetry.scrapes.forEach(({ job }, index) => {
      if (jobs.has(job))
        context.report({
          code: "duplicate-name",
          ...at(environment),
          path: `${entryPath("environments", environment.name)}.telemetry.scrapes[${index}].job`,
          message: `two jobs are named ${JSON.stringify(job)}`,
          expected: "a name of its own for each job",
          example: `job: ${JSON.stringify(`${job}-2`)}`,
        });
      jobs.add(job);
    });
  }
};
