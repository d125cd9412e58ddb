import { type Command, InvalidArgumentError } from "commander";
import type { PreviewOptions } from "./preview.ts";

interface PreviewWords {
  readonly platform: string;
  readonly out: string;
  readonly catalog: readonly string[];
  readonly slo: readonly string[];
  readonly environment: readonly string[];
  readonly team: readonly string[];
  readonly service: readonly string[];
  readonly dashboard: readonly string[];
  readonly now?: number;
  readonly json?: boolean;
}

const examples = `
Examples:
  gitops-render preview                        every dashboard of production, to preview/index.html
  gitops-render preview -s checkout            only what shows the service checkout
  gitops-render preview --dashboard slo-overview
  gitops-render preview -e staging -e production
                                               each environment in a folder of its own

Exit codes:
  0  written
  2  the platform, a name or the folder is wrong; nothing was written
  3  the surroundings failed: no permission, a full disk
`;

/** Adds the options of `preview`, and hands what was typed to `run`. */
export function previewCommand(
  command: Command,
  root: string,
  run: (options: PreviewOptions) => Promise<void>,
): Command {
  return command
    .description("draw each dashboard as a page that opens without Grafana, with numbers that are made up")
    .addHelpText("after", examples)
    .option("--platform <path>", "the platform: a module, or a folder with an index.ts", "platform")
    .option("--out <folder>", "where the pages go", folder, "preview")
    .option("--catalog <file...>", "catalog files of services: catalog-info.yaml, port.yml", [])
    .option("--slo <file...>", "files of objectives of services: Sloth's, OpenSLO's", [])
    .option(
      "-e, --environment <name>",
      "this environment (default: the first of production); may be repeated",
      several,
      [],
    )
    .option("-t, --team <name>", "only dashboards of this team and its services; may be repeated", several, [])
    .option("-s, --service <name>", "only dashboards of this service; may be repeated", several, [])
    .option("--dashboard <uid>", "only this dashboard; may be repeated", several, [])
    .option("--now <time>", "the moment that they look at: 2026-06-16T12:00:00Z (default: always the same)", moment)
    .option("--json", "print one JSON document instead of lines")
    .configureHelp({ sortOptions: false })
    .action((words: PreviewWords) => run(optionsOf(words, root)));
}

function optionsOf(words: PreviewWords, root: string): PreviewOptions {
  const { platform, out, catalog, slo, environment, team, service, dashboard, now, json = false } = words;
  return {
    platform,
    out,
    root,
    catalogs: catalog,
    objectives: slo,
    environments: environment,
    teams: team,
    services: service,
    dashboards: dashboard,
    json,
    ...(now === undefined ? {} : { now }),
  };
}

function several(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, ...value.split(",")];
}

function folder(value: string): string {
  const path = value.trim().replace(/\/+$/, "");
  if (path === "") throw new InvalidArgumentError("It needs a folder of its own, such as preview.");
  return path;
}

function moment(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError("A moment is written 2026-06-16T12:00:00Z.");
  return Math.floor(time / 1000);
}
