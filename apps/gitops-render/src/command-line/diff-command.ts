import { styleText } from "node:util";
import { type Command, InvalidArgumentError, Option } from "commander";
import { risks } from "../consequences/risk/consequence-risk.ts";
import { domains } from "../consequences/risk/domains.ts";
import type { ConsequenceDomain, ConsequenceRisk } from "../consequences/rules/consequence-rule.ts";
import { type ReportFormat, reportFormats } from "../reports/report-format.ts";
import type { Style, TerminalLook } from "../reports/terminal/terminal-report.ts";
import type { DiffOptions } from "./diff.ts";

interface DiffWords {
  readonly base?: string;
  readonly model: boolean;
  readonly format: ReportFormat;
  readonly output?: string;
  readonly failOn: ConsequenceRisk;
  readonly environment: readonly string[];
  readonly team: readonly string[];
  readonly domain: readonly ConsequenceDomain[];
  readonly risk?: ConsequenceRisk;
  readonly details: boolean;
  readonly commentLimit: number;
  readonly comments: number;
  readonly link?: string;
  readonly platform: string;
  readonly out: string;
  readonly catalog: readonly string[];
  readonly slo: readonly string[];
  readonly today: string;
  readonly types: boolean;
}

/** Adds the options of `diff`, and hands what was typed to `run`. */
export function diffCommand(command: Command, root: string, run: (options: DiffOptions) => Promise<void>): Command {
  return command
    .description("say what the change from one tree to another means, how bad it may be, and who should look")
    .argument("[before]", "a folder, or a Git revision (default: the output folder)")
    .argument("[after]", "a folder, or a Git revision (default: the output folder, or the model)")
    .option("--base <revision>", "the earlier side is where this branch left that revision")
    .option("--model", "the later side is what a render would write now", false)
    .addOption(new Option("--format <format>", "who reads it").choices(reportFormats).default("terminal"))
    .option("--output <path>", "write to this file, or into this folder")
    .addOption(
      new Option("--fail-on <risk>", "exit 1 where a consequence has this risk or a worse one")
        .choices(risks)
        .default("none"),
    )
    .option("-e, --environment <name>", "only this environment; may be repeated", several, [])
    .option("-t, --team <name>", "only what belongs to this team or concerns it; may be repeated", several, [])
    .option("--domain <name>", `only what is about this (${domains.join(", ")}); may be repeated`, severalDomains, [])
    .addOption(new Option("--risk <risk>", "show only this risk and worse ones").choices(risks))
    .option("--details", "in the terminal: what each consequence follows from, and every field that changed", false)
    .option(
      "--comment-limit <characters>",
      "Markdown: how long a comment may be (GitLab: 1000000)",
      atLeast(16_384),
      65_536,
    )
    .option("--comments <number>", "Markdown: beyond so many comments objects are told in a table", atLeast(1), 10)
    .option("--link <address>", "Markdown: where the files of the output folder are shown", address)
    .option("--platform <path>", "the platform, for the model: a module, or a folder with an index.ts", "platform")
    .option("--out <folder>", "the output folder", withoutSlash, "rendered")
    .option("--catalog <file...>", "catalog files of services, for the model", [])
    .option("--slo <file...>", "files of objectives of services, for the model", [])
    .option(
      "--today <date>",
      "for the model: judge what has ended as of this day",
      new Date().toISOString().slice(0, 10),
    )
    .addOption(new Option("--no-types", "do not ask the compiler about the platform's types"))
    .configureHelp({ sortOptions: false })
    .action((before: string | undefined, after: string | undefined, words: DiffWords) =>
      run(optionsOf(before, after, words, root)),
    );
}

function optionsOf(before: string | undefined, after: string | undefined, words: DiffWords, root: string): DiffOptions {
  const { base, model, format, output, failOn, link, risk } = words;
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(base === undefined ? {} : { base }),
    model,
    format,
    ...(output === undefined ? {} : { output }),
    failOn,
    filter: {
      environments: words.environment,
      teams: words.team,
      domains: words.domain,
      ...(risk === undefined ? {} : { risk }),
    },
    formatting: {
      limit: words.commentLimit,
      mostComments: words.comments,
      folder: words.out,
      ...(link === undefined ? {} : { link }),
    },
    look: lookOf(words.details),
    platform: words.platform,
    catalogs: words.catalog,
    objectives: words.slo,
    out: words.out,
    root,
    checkTypes: words.types,
    today: words.today,
  };
}

const styles: Readonly<Record<Style, Parameters<typeof styleText>[0]>> = {
  critical: ["bold", "red"],
  high: "red",
  medium: "yellow",
  low: "cyan",
  none: "dim",
  quiet: "dim",
};

/** Colours and columns only where a person looks; styleText itself heeds NO_COLOR. */
function lookOf(details: boolean): TerminalLook {
  if (process.stdout.isTTY !== true) return { details };
  return {
    details,
    width: process.stdout.columns,
    paint: (style, text) => styleText(styles[style], text, { stream: process.stdout }),
  };
}

function several(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, ...value.split(",")];
}

function severalDomains(value: string, earlier: readonly ConsequenceDomain[]): readonly ConsequenceDomain[] {
  const named = value.split(",").map((name) => {
    const domain = domains.find((each) => each === name);
    if (domain === undefined) throw new InvalidArgumentError(`It is one of ${domains.join(", ")}.`);
    return domain;
  });
  return [...earlier, ...named];
}

function atLeast(smallest: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < smallest)
      throw new InvalidArgumentError(`It is a whole number, and at least ${smallest}.`);
    return number;
  };
}

function address(value: string): string {
  if (!/^https?:\/\/[^\s<>]+$/.test(value))
    throw new InvalidArgumentError("It is an address such as https://git.example.com/platform/blob/main/rendered/.");
  return value.endsWith("/") ? value : `${value}/`;
}

function withoutSlash(value: string): string {
  const folder = value.trim().replace(/\/+$/, "");
  if (folder === "") throw new InvalidArgumentError("It needs a folder of its own, such as rendered.");
  return folder;
}
