import { isLabelKey, isLabelValue } from "@plinth/core";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { nodeFileSystem } from "../writing/file-system.ts";
import { diffCommand } from "./diff-command.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { explainCommand } from "./explain-command.ts";
import { list } from "./list.ts";
import { type ModelWords, modelOptions, modelSources, todayOption } from "./model-options.ts";
import { folder, several } from "./option-values.ts";
import { previewCommand } from "./preview-command.ts";
import { render } from "./render.ts";
import type { ServiceOptions } from "./service.ts";
import { processTerminal, type Terminal } from "./terminal.ts";
import type { ValidateOptions } from "./validate.ts";

interface SharedOptions extends ModelWords {
  readonly out: string;
  readonly environment: readonly string[];
  readonly team: readonly string[];
  readonly service: readonly string[];
  readonly component: readonly string[];
  readonly json?: boolean;
  readonly types: boolean;
  readonly today: string;
}

interface ValidationWords {
  readonly out: string;
  readonly openapi: readonly string[];
  readonly crds: readonly string[];
  readonly schemas: readonly string[];
  readonly cache: string;
  readonly kubeconform?: string;
  readonly json?: boolean;
}

interface ServiceWords {
  readonly out: string;
  readonly dashboards: ServiceOptions["dashboards"];
  readonly environment?: string;
  readonly namespace?: string;
  readonly team?: string;
  readonly ruleLabel: Readonly<Record<string, string>>;
  readonly sloth: boolean;
  readonly openslo: boolean;
  readonly check: boolean;
  readonly force: boolean;
  readonly json?: boolean;
}

const examples = `
Examples:
  gitops-render render                        platform/ to rendered/, all of it
  gitops-render render --check                exit 1 when rendered/ is not what platform/ says
  gitops-render render --team data            only what belongs to the team data
  gitops-render list --component tenancy      which files a component makes
  gitops-render list --json                   the same for a script
  gitops-render validate --openapi swagger.json --crds crds/
                                              what kubeconform says of rendered/
  gitops-render diff                          what a render would change, and what that means to whom
  gitops-render diff --base origin/main       what this branch changes of rendered/
  gitops-render diff --base origin/main --format markdown --output comments/ --fail-on critical
                                              the same for a pull request
  gitops-render explain network frontend checkout 5050
                                              a question, its answer, and what decides it (explain --help)
  gitops-render service                       a service's promises and dashboards, in its own repository, to k8s/

Exit codes:
  0  done, or nothing to do
  1  --check: the folder is not what the model says
     diff --fail-on: a consequence has that risk, or a worse one
     explain: no
  2  the platform, an option or the folder's content is wrong; nothing was written
     diff: a side cannot be read, or with --fail-on not all of it
  3  the surroundings failed: no permission, a full disk, another render
`;

/** Runs the command line and returns its exit code. `root` is what file names in findings and headers are relative to. */
export async function runProgram(
  parameters: readonly string[],
  root: string = process.cwd(),
  terminal: Terminal = processTerminal,
): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  const program = new Command("gitops-render")
    .description("Turns a typed description of a platform into the YAML of its GitOps repository.")
    .addHelpText("after", examples)
    .showHelpAfterError("(gitops-render --help tells more)")
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .exitOverride();

  shared(program.command("render").description("write what the platform says, and remove what it no longer says"))
    .option(
      "--check",
      "write nothing; exit 1 and name each file that differs, is missing, or should not be there",
      false,
    )
    .option("--force", "overwrite files that were edited by hand", false)
    .action(async (options: SharedOptions & { check: boolean; force: boolean }) => {
      code = await render(
        { ...fromShared(options, root), check: options.check, force: options.force },
        terminal,
        nodeFileSystem,
      );
    });

  shared(program.command("list").description("print what would be written, and which component makes it")).action(
    async (options: SharedOptions) => {
      code = await list(fromShared(options, root), terminal, nodeFileSystem);
    },
  );

  diffCommand(program.command("diff"), root, async (options) => {
    const { diff } = await import("./diff.ts");
    code = await diff(options, terminal, nodeFileSystem);
  });

  explainCommand(program.command("explain"), root, terminal, (answered) => {
    code = answered;
  });

  previewCommand(program.command("preview"), root, async (options) => {
    const { preview } = await import("./preview.ts");
    code = await preview(options, terminal, nodeFileSystem);
  });

  program
    .command("service")
    .description("in a service's own repository: write what it promises and its dashboards, and say what that means")
    .argument(
      "[file...]",
      "modules that export defineService(…), serviceDashboard(…), metrics or lists of those; YAML of Sloth or OpenSLO (default: slo.ts or slo.yaml, dashboards.ts, metrics.ts)",
    )
    .option("--out <folder>", "the output folder", folder, "k8s")
    .option("--environment <name>", "count only this environment: its deployment.environment.name")
    .option("--namespace <name>", "namespace of the objects (default: whatever they are applied to)")
    .option("--team <name>", "the owner, for YAML that does not say it")
    .option("--rule-label <key=value...>", "labels that Prometheus selects its rules by", ruleLabel, {})
    .option("--sloth", "the rules are Sloth's own, and nothing besides", false)
    .option("--openslo", "write the objectives as OpenSLO v1 too", false)
    .addOption(
      new Option("--dashboards <delivery>", "how dashboards reach Grafana: for its sidecar, or for its operator")
        .choices(["config-map", "grafana-dashboard", "grafana-manifest"])
        .default("config-map"),
    )
    .option("--check", "write nothing; exit 1 and name each file that differs", false)
    .option("--force", "overwrite files that were edited by hand", false)
    .option("--json", "print one JSON document instead of lines")
    .action(async (files: readonly string[], words: ServiceWords) => {
      const { service } = await import("./service.ts");
      code = await service(fromService(files, words, root), terminal, nodeFileSystem);
    });

  program
    .command("validate")
    .description("let kubeconform judge every rendered object, strictly and offline")
    .option("--out <folder>", "the rendered folder", "rendered")
    .option("--openapi <path...>", "Kubernetes' own OpenAPI: swagger.json, or the folder v3", [])
    .option("--crds <path...>", "CustomResourceDefinitions: files or folders", [])
    .option("--schemas <path...>", "folders of JSON Schemas, or kubeconform's templates of paths", [])
    .option("--cache <folder>", "where schemas that are derived are kept", ".cache/schemas")
    .option("--kubeconform <binary>", "the kubeconform to run (default: PLINTH_KUBECONFORM, PATH, tools/.cache/bin)")
    .option("--json", "print one JSON document instead of lines")
    .action(async (options: ValidationWords) => {
      const { validateTree } = await import("./validate.ts");
      code = await validateTree(fromValidation(options), terminal, nodeFileSystem);
    });

  try {
    await program.parseAsync([...parameters], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.invalid;
  }
  return code;
}

/** `key=value`, joined to those before. */
function ruleLabel(value: string, earlier: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, key, text] = /^([^=]+)=(.*)$/.exec(value) ?? [];
  if (key === undefined || text === undefined || !isLabelKey(key) || !isLabelValue(text))
    throw new InvalidArgumentError("It is a label such as release=kube-prometheus-stack.");
  return { ...earlier, [key]: text };
}

function shared(command: Command): Command {
  modelOptions(command)
    .option("--out <folder>", "the output folder", folder, "rendered")
    .option("-e, --environment <name>", "only this environment; may be repeated", several, [])
    .option("-t, --team <name>", "only what belongs to this team; may be repeated", several, [])
    .option("-s, --service <name>", "only what belongs to this service; may be repeated", several, [])
    .option("-c, --component <name>", "only what this component makes; may be repeated", several, []);
  return todayOption(command, "judge what has ended as of this day; it changes no file")
    .option("--json", "print one JSON document instead of lines")
    .addOption(new Option("--no-types", "do not ask the compiler about the platform's types"))
    .configureHelp({ sortOptions: false });
}

function fromShared(options: SharedOptions, root: string): Omit<Parameters<typeof render>[0], "check" | "force"> {
  return {
    ...modelSources(options),
    out: options.out,
    root,
    checkTypes: options.types,
    today: options.today,
    filter: {
      environments: options.environment,
      teams: options.team,
      services: options.service,
      components: options.component,
    },
    json: options.json ?? false,
  };
}

function fromValidation(words: ValidationWords): ValidateOptions {
  const { kubeconform, openapi, json = false, ...rest } = words;
  return { ...rest, openApi: openapi, json, ...(kubeconform === undefined ? {} : { binary: kubeconform }) };
}

function fromService(files: readonly string[], words: ServiceWords, root: string): ServiceOptions {
  const { ruleLabel: ruleLabels, sloth, openslo: openSlo, json = false, ...rest } = words;
  return {
    ...rest,
    files,
    ruleLabels,
    openSlo,
    json,
    root,
    mode: sloth ? "sloth" : "plinth",
  };
}
