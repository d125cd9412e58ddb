import { existsSync, readFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import { type Finding, hasErrors, isRecord, relativeFile } from "@plinth/core";
import { promisesFrom, readServiceLevels, type ServiceDefinition } from "@plinth/slo";
import { importDefault } from "../loading/import-default.ts";

/** Services that a file describes, or why it describes none. */
export interface LoadedServices {
  readonly services: readonly ServiceDefinition[];
  /** The file, relative to the root: what the header of each written file names. */
  readonly source: string;
  /** The period of each promise, where the file is not TypeScript, is in the promises. */
  readonly findings: readonly Finding[];
}

// The first of these that is there, when no file is named.
const candidates = ["slo.ts", "slo.mts", "slo.js", "slo.mjs", "slo.yaml", "slo.yml"];
const moduleEndings: ReadonlySet<string> = new Set([".ts", ".mts", ".js", ".mjs"]);
const example = 'export default defineService({ name: "loyalty", team: "backend", promises: [availability(99.5)] });';

/**
 * The services of a repository's own file: a module whose default export is what `defineService` returns, or a list of those; or YAML of Sloth or OpenSLO.
 *
 * @param team The owner, where the file cannot say it.
 */
export async function loadServices(
  named: string | undefined,
  root: string,
  team: string | undefined,
): Promise<LoadedServices> {
  const file = named ?? candidates.find((candidate) => existsSync(resolve(root, candidate)));
  const path = resolve(root, file ?? "slo.ts");
  const source = relativeFile(path, root);
  const failed = (finding: Omit<Finding, "severity" | "source">): LoadedServices => ({
    services: [],
    source,
    findings: [{ severity: "error", source: { file: source }, ...finding }],
  });
  if (!existsSync(path))
    return failed({
      code: "platform-not-found",
      message: named === undefined ? "there is no file that describes a service" : "does not exist",
      expected: `a module or YAML${named === undefined ? `: one of ${candidates.join(", ")}` : ""}`,
      example: "gitops-render service slo.ts",
    });
  if (!moduleEndings.has(extname(path))) return fromYaml(readFileSync(path, "utf8"), source, team);
  const { exported, findings } = await importDefault(path, root, "the service");
  if (findings !== undefined) return { services: [], source, findings };
  const services: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  const wrong = services.findIndex((service) => !isServiceDefinition(service));
  if (services.length === 0 || wrong !== -1)
    return failed({
      code: "platform-not-found",
      message:
        exported === undefined
          ? "the module has no default export"
          : `the default export is not a service${Array.isArray(exported) ? `: entry ${wrong}` : ""}`,
      expected: "what defineService returns, or a list of those",
      example,
    });
  return { services: services.filter(isServiceDefinition), source, findings: [] };
}

/** Whether a value has the shape of a service; what its fields say is checked when it is rendered. */
function isServiceDefinition(value: unknown): value is ServiceDefinition {
  return (
    isRecord(value) &&
    typeof value["name"] === "string" &&
    typeof value["team"] === "string" &&
    Array.isArray(value["promises"])
  );
}

function fromYaml(text: string, source: string, team: string | undefined): LoadedServices {
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
  return { services: hasErrors(findings) ? [] : services, source, findings };
}
