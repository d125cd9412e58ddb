import type { Finding } from "@plinth/core";
import { promisesFrom, readServiceLevels, type ServiceDefinition } from "@plinth/slo";

/** The services whose objectives YAML of Sloth or OpenSLO says, and what is wrong with it: the period of each promise is in the promises. */
export function servicesFromYaml(
  text: string,
  source: string,
  team: string | undefined,
): { readonly services: readonly ServiceDefinition[]; readonly findings: readonly Finding[] } {
  const read = readServiceLevels(text, { file: source });
  const findings = [...read.findings];
  const byService = Map.groupBy(read.documents, ({ spec }) => spec.service);
  const services = [...byService].flatMap(([name, documents]): readonly ServiceDefinition[] => {
    const owner = team ?? documents.map(({ spec }) => spec.labels?.["team"] ?? spec.labels?.["owner"]).find(Boolean);
    const promises = documents.map(promisesFrom);
    findings.push(
      ...promises.flatMap((each) => each.findings.map((finding) => ({ source: { file: source }, ...finding }))),
    );
    if (owner === undefined) {
      findings.push({
        code: "invalid-field",
        severity: "error",
        source: { file: source },
        path: "labels.team",
        message: `nobody owns ${JSON.stringify(name)}`,
        expected: "the label team or owner in the file, or the option --team",
        example: "gitops-render service slo.yaml --team backend",
      });
      return [];
    }
    return [{ name, team: owner, promises: promises.flatMap((each) => each.promises) }];
  });
  return { services, findings };
}
