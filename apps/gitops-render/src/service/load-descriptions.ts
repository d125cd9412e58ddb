import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, resolve } from "node:path";
import { type Finding, hasErrors, relativeFile } from "@plinth/core";
import type { Dashboard } from "@plinth/dashboards";
import type { Metric } from "@plinth/metrics";
import type { ServiceDefinition } from "@plinth/slo";
import { importDefault } from "../loading/import-default.ts";
import { type Described, describedKind } from "./described-kind.ts";
import { servicesFromYaml } from "./services-from-yaml.ts";

/** Something that a file describes. */
export interface FromFile<Value> {
  readonly value: Value;
  /** The file, relative to the root: what the header of each written file names. */
  readonly source: string;
  /** Where it stands in a list of several. */
  readonly index?: number;
}

/** What the files of a service's repository describe, or why they do not. */
export interface Descriptions {
  readonly services: readonly FromFile<ServiceDefinition>[];
  readonly dashboards: readonly FromFile<Dashboard>[];
  /** Metrics of the service's own. */
  readonly metrics: readonly Metric[];
  /** The files, relative to the root, in the order in which they were read. */
  readonly sources: readonly string[];
  readonly findings: readonly Finding[];
}

const moduleEndings = [".ts", ".mts", ".js", ".mjs"];
const asModules = (name: string): readonly string[] => moduleEndings.map((ending) => `${name}${ending}`);

// Of each list the first that is there, when no file is named.
const usualFiles = {
  promises: [...asModules("slo"), "slo.yaml", "slo.yml"],
  dashboards: [...asModules("dashboards"), ...asModules("dashboard")],
  metrics: asModules("metrics"),
};
const needed = [...usualFiles.promises, ...usualFiles.dashboards];

/**
 * What a repository says of its services: modules whose default export is what `defineService` or `serviceDashboard` returns, metrics, or a list of those; YAML
 * of Sloth or OpenSLO.
 *
 * @param named The files. Those with the usual names when there are none.
 * @param team The owner, where a file cannot say it.
 */
export async function loadDescriptions(
  named: readonly string[],
  root: string,
  team: string | undefined,
): Promise<Descriptions> {
  const there = (names: readonly string[]): readonly string[] => {
    const found = names.find((name) => existsSync(resolve(root, name)));
    return found === undefined ? [] : [found];
  };
  const files = named.length > 0 ? [...new Set(named)] : Object.values(usualFiles).flatMap(there);
  if (named.length === 0 && !files.some((file) => needed.includes(file))) return nothing([nothingThere]);
  const read = await Promise.all(files.map((file) => readFile(resolve(root, file), root, team)));
  return {
    services: read.flatMap(({ services }) => services),
    dashboards: read.flatMap(({ dashboards }) => dashboards),
    metrics: distinct(read.flatMap(({ metrics }) => metrics)),
    sources: read.flatMap(({ sources }) => sources),
    findings: read.flatMap(({ findings }) => findings),
  };
}

const nothingThere: Finding = {
  code: "platform-not-found",
  severity: "error",
  message: "there is no file that describes a service",
  expected: `a module or YAML: one of ${needed.join(", ")}`,
  example: "gitops-render service slo.ts",
};

function nothing(findings: readonly Finding[]): Descriptions {
  return { services: [], dashboards: [], metrics: [], sources: [], findings };
}

async function readFile(path: string, root: string, team: string | undefined): Promise<Descriptions> {
  const source = relativeFile(path, root);
  const at = { severity: "error", source: { file: source } } as const;
  const file = { ...nothing([]), sources: [source] };
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    const message = existsSync(path) ? "is not a file" : "does not exist";
    return { ...file, findings: [{ ...at, code: "platform-not-found", message, expected: "a module or YAML" }] };
  }
  if (!moduleEndings.includes(extname(path))) {
    const { services, findings } = servicesFromYaml(readFileSync(path, "utf8"), source, team);
    return {
      ...file,
      services: hasErrors(findings) ? [] : services.map((value) => ({ value, source })),
      findings,
    };
  }
  const { exported, findings } = await importDefault(path, root, "the module");
  if (findings !== undefined) return { ...file, findings };
  const entries: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  const described = entries.map(describedKind);
  const unknown = described.indexOf(undefined);
  if (entries.length > 0 && unknown === -1) return { ...file, ...sorted(described, source, Array.isArray(exported)) };
  const which = Array.isArray(exported) && entries.length > 0 ? `: entry ${unknown}` : "";
  return {
    ...file,
    findings: [
      {
        ...at,
        code: "platform-not-found",
        message:
          exported === undefined
            ? "the module has no default export"
            : `the default export is not a service, a dashboard or a metric${which}`,
        expected: "what defineService, serviceDashboard or defineMetric returns, or a list of those",
        example: 'export default defineService({ name: "loyalty", team: "backend", promises: [availability(99.5)] });',
      },
    ],
  };
}

function sorted(
  described: readonly (Described | undefined)[],
  source: string,
  inList: boolean,
): Pick<Descriptions, "services" | "dashboards" | "metrics"> {
  const services: FromFile<ServiceDefinition>[] = [];
  const dashboards: FromFile<Dashboard>[] = [];
  const metrics: Metric[] = [];
  described.forEach((entry, index) => {
    const place = { source, ...(inList ? { index } : {}) };
    if (entry?.kind === "service") services.push({ value: entry.value, ...place });
    else if (entry?.kind === "dashboard") dashboards.push({ value: entry.value, ...place });
    else if (entry?.kind === "metric") metrics.push(entry.value);
  });
  return { services, dashboards, metrics };
}

/** A metric that one module defines and another lists is one. */
function distinct(metrics: readonly Metric[]): readonly Metric[] {
  return [...new Set(metrics)];
}
