import { type Finding, hasErrors, type IndexEntry, type OutputFile } from "@plinth/core";
import { type RuleMode, type ServiceDefinition, type StandaloneLevels, serviceLevelsOf } from "@plinth/slo";
import { loadServices } from "../service/load-services.ts";
import { openSloFile, serviceFiles, withIndex } from "../service/service-files.ts";
import { readIndex } from "../writing/compare.ts";
import type { FileSystem } from "../writing/file-system.ts";
import { type DeliveryOptions, deliver, refuse } from "./deliver.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

export interface ServiceOptions extends DeliveryOptions {
  /** The file that describes the service. @default the first of slo.ts, slo.js, slo.yaml that is there */
  readonly file?: string;
  /** Folder that the file, and files in findings, are relative to. */
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
}

/** Renders what a service promises, in the service's own repository: resources for its cluster, and what each promise means in words. */
export async function service(options: ServiceOptions, terminal: Terminal, fileSystem: FileSystem): Promise<ExitCode> {
  const started = performance.now();
  const { services, source, findings: loaded } = await loadServices(options.file, options.root, options.team);
  if (hasErrors(loaded)) return refuse(options, loaded, terminal, exitCodes.invalid);
  const rendered = services.map((definition) => ({ definition, levels: levelsOf(definition, options) }));
  const findings = [...loaded, ...rendered.flatMap((each) => placed(each, source)), ...twice(services, source)];
  if (hasErrors(findings)) return refuse(options, findings, terminal, exitCodes.invalid);
  const files = rendered.flatMap(({ definition: { name }, levels }): readonly OutputFile[] => [
    ...serviceFiles(name, levels.resources, source),
    ...(options.openSlo ? [openSloFile(name, levels.objectives, source)] : []),
  ]);
  const kept = othersOf(services, options.out, fileSystem);
  return deliver(
    options,
    {
      output: withIndex(files, kept),
      kept,
      findings,
      lines: () => rendered.flatMap(({ levels }) => levels.text.split("\n")),
      data: { meanings: rendered.flatMap(({ levels }) => levels.meanings) },
      command: `gitops-render service ${source}`,
      started,
    },
    terminal,
    fileSystem,
  );
}

function levelsOf(
  definition: ServiceDefinition,
  { namespace, environment, ruleLabels, mode }: ServiceOptions,
): StandaloneLevels {
  return serviceLevelsOf(definition, {
    ruleLabels,
    mode,
    ...(namespace === undefined ? {} : { namespace }),
    ...(environment === undefined ? {} : { environment }),
  });
}

/** What is wrong with a service, at its place in the file. */
function placed(
  { definition, levels }: { readonly definition: ServiceDefinition; readonly levels: StandaloneLevels },
  source: string,
): readonly Finding[] {
  return levels.findings.map((finding) => ({
    source: { file: source },
    ...finding,
    path: `${definition.name}${finding.path === undefined ? "" : `.${finding.path}`}`,
  }));
}

function twice(services: readonly ServiceDefinition[], source: string): readonly Finding[] {
  const names = services.map(({ name }) => name);
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          {
            code: "duplicate-name",
            severity: "error",
            source: { file: source },
            path: `[${index}].name`,
            message: `another service is named ${JSON.stringify(name)}`,
            expected: "a name of its own for each service",
          } as const,
        ],
  );
}

/** What other runs wrote for other services: it stays. */
function othersOf(
  services: readonly ServiceDefinition[],
  out: string,
  fileSystem: FileSystem,
): ReadonlyMap<string, IndexEntry> {
  const names = new Set(services.map(({ name }) => name));
  return new Map(
    [...readIndex(out, fileSystem).index].filter(
      ([, entry]) => entry.component !== "index" && !names.has(entry.service ?? ""),
    ),
  );
}
