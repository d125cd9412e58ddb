import type { Command } from "commander";
import { type ModelWords, modelOptions, modelSources } from "./model-options.ts";
import { folder, moment, several } from "./option-values.ts";
import type { PreviewOptions } from "./preview.ts";

interface PreviewWords extends ModelWords {
  readonly out: string;
  readonly environment: readonly string[];
  readonly team: readonly string[];
  readonly service: readonly string[];
  readonly dashboard: readonly string[];
  readonly now?: Date;
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
  return modelOptions(command)
    .description("draw each dashboard as a page that opens without Grafana, with numbers that are made up")
    .addHelpText("after", examples)
    .option("--out <folder>", "where the pages go", folder, "preview")
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
  const { out, environment, team, service, dashboard, now, json = false } = words;
  return {
    ...modelSources(words),
    out,
    root,
    environments: environment,
    teams: team,
    services: service,
    dashboards: dashboard,
    json,
    ...(now === undefined ? {} : { now: Math.floor(now.getTime() / 1000) }),
  };
}
