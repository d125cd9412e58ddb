import { type DashboardDelivery, type Finding, hasErrors, type IndexEntry, type OutputFile } from "@plinth/core";
import { catalogueWith, type Metric } from "@plinth/metrics";
import { type RuleMode, type ServiceDefinition, type StandaloneLevels, serviceLevelsOf } from "@plinth/slo";
import { type DashboardFiles, dashboardComponent, dashboardFiles } from "../service/dashboard-files.ts";
import { type Descriptions, type FromFile, loadDescriptions } from "../service/load-descriptions.ts";
import { objectiveComponent, openSloFile, serviceFiles, withIndex } from "../service/service-files.ts";
import { readIndex } from "../writing/compare.ts";
import type { FileSystem } from "../writing/file-system.ts";
import { type DeliveryOptions, deliver, refuse } from "./deliver.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { count, type Terminal } from "./terminal.ts";

export interface ServiceOptions extends DeliveryOptions {
  /** The files that describe the service. @default those of the usual names that are there: slo.ts or slo.yaml, dashboards.ts, metrics.ts */
  readonly files: readonly string[];
  /** Folder that the files, and files in findings, are relative to. */
  readonly root: string;
  /** Owner, for files that cannot say it. */
  readonly team?: string;
  readonly namespace?: string;
  readonly environment?: string;
  /** Labels that the Prometheus object selects its rules by. */
  readonly ruleLabels: Readonly<Record<string, string>>;
  readonly mode: RuleMode;
  /** OpenSLO documents too. */
  readonly openSlo: boolean;
  /** How dashboards reach Grafana. */
  readonly dashboards: DashboardDelivery;
}

/** Renders what a service promises and what people look at, in the service's own repository: resources for its cluster, and what each promise means in words. */
export async function service(options: ServiceOptions, terminal: Terminal, fileSystem: FileSystem): Promise<ExitCode> {
  const started = performance.now();
  const described = await loadDescriptions(options.files, options.root, options.team);
  const { services, findings: loaded } = described;
  if (hasErrors(loaded)) return refuse(options, loaded, terminal, exitCodes.invalid);
  const rendered = services.map((each) => ({ ...each, levels: levelsOf(each.value, options, metricsOf(described)) }));
  const dashboards = dashboardsOf(described, options);
  const findings = [...loaded, ...rendered.flatMap(placed), ...twice(services), ...dashboards.findings];
  if (hasErrors(findings)) return refuse(options, findings, terminal, exitCodes.invalid);
  const files = [
    ...rendered.flatMap(({ value: { name }, source, levels }): readonly OutputFile[] => [
      ...serviceFiles(name, levels.resources, source),
      ...(options.openSlo ? [openSloFile(name, levels.objectives, source)] : []),
    ]),
    ...dashboards.files,
  ];
  const kept = othersOf(described, options, fileSystem);
  return deliver(
    options,
    {
      output: withIndex(files, kept),
      kept,
      findings,
      lines: () => [
        ...rendered.flatMap(({ levels }) => levels.text.split("\n")),
        ...described.dashboards.map(
          ({ value: { title, rows } }) =>
            `${title}: ${count(rows.flatMap(({ panels }) => panels).length, "panel")} in ${count(rows.length, "row")}`,
        ),
      ],
      data: { meanings: rendered.flatMap(({ levels }) => levels.meanings) },
      command: commandOf(described),
      started,
    },
    terminal,
    fileSystem,
  );
}

/** What writes the same again. */
function commandOf({ sources }: Descriptions): string {
  return ["gitops-render service", ...sources].join(" ");
}

/** Metrics of the repository's own: those that it lists, and those that its dashboards bring along. */
function metricsOf({ metrics, dashboards }: Descriptions): readonly Metric[] {
  return [...metrics, ...dashboards.flatMap(({ value }) => value.metrics ?? [])];
}

function levelsOf(
  definition: ServiceDefinition,
  { namespace, environment, ruleLabels, mode }: ServiceOptions,
  metrics: readonly Metric[],
): StandaloneLevels {
  return serviceLevelsOf(definition, {
    ruleLabels,
    mode,
    catalogue: catalogueWith(...metrics),
    ...(namespace === undefined ? {} : { namespace }),
    ...(environment === undefined ? {} : { environment }),
  });
}

function dashboardsOf(described: Descriptions, { namespace, root, team, dashboards }: ServiceOptions): DashboardFiles {
  if (described.dashboards.length === 0) return { files: [], findings: [] };
  const [first, ...others] = described.services.map(({ value }) => value);
  return dashboardFiles(described.dashboards, {
    delivery: dashboards,
    command: commandOf(described),
    owner: { ...(first !== undefined && others.length === 0 ? { service: first.name } : {}), ...teamOf(team, first) },
    services: described.services.map(({ value }) => value.name),
    metrics: described.metrics,
    root,
    ...(namespace === undefined ? {} : { namespace }),
  });
}

function teamOf(team: string | undefined, first: ServiceDefinition | undefined): { readonly team?: string } {
  const owner = team ?? first?.team;
  return owner === undefined ? {} : { team: owner };
}

/** What is wrong with a service, at its place in the file. */
function placed({
  value,
  source,
  levels,
}: FromFile<ServiceDefinition> & { readonly levels: StandaloneLevels }): readonly Finding[] {
  return levels.findings.map((finding) => ({
    source: { file: source },
    ...finding,
    path: `${value.name}${finding.path === undefined ? "" : `.${finding.path}`}`,
  }));
}

function twice(services: Descriptions["services"]): readonly Finding[] {
  const names = services.map(({ value }) => value.name);
  return services.flatMap(({ value: { name }, source, index }, position) =>
    names.indexOf(name) === position
      ? []
      : [
          {
            code: "duplicate-name",
            severity: "error",
            source: { file: source },
            path: index === undefined ? "name" : `[${index}].name`,
            message: `another service is named ${JSON.stringify(name)}`,
            expected: "a name of its own for each service",
          } as const,
        ],
  );
}

/**
 * What other runs wrote and this one does not speak of: promises of other services, and, where files are named and none of them has a dashboard, dashboards.
 */
function othersOf(
  { services, dashboards }: Descriptions,
  { files, out }: ServiceOptions,
  fileSystem: FileSystem,
): ReadonlyMap<string, IndexEntry> {
  const names = new Set(services.map(({ value }) => value.name));
  const owned = ({ component, service = "" }: IndexEntry): boolean =>
    component === "index" ||
    (component === objectiveComponent && names.has(service)) ||
    (component === dashboardComponent && (files.length === 0 || dashboards.length > 0));
  return new Map([...readIndex(out, fileSystem).index].filter(([, entry]) => !owned(entry)));
}
