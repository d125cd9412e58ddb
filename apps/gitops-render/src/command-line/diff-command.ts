import { styleText } from "node:util";
import { type Command, InvalidArgumentError, Option } from "commander";
import { risks } from "../consequences/risk/consequence-risk.ts";
import { domains } from "../consequences/risk/domains.ts";
import type { ConsequenceDomain, ConsequenceRisk } from "../consequences/rules/consequence-rule.ts";
import { type ReportFormat, reportFormats } from "../reports/report-format.ts";
import type { Style, TerminalLook } from "../reports/terminal/terminal-report.ts";
import type { DiffOptions } from "./diff.ts";
import { type ModelWords, modelOptions, modelSources, todayOption } from "./model-options.ts";
import { folder, several } from "./option-values.ts";

interface DiffWords extends ModelWords {
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
  readonly out: string;
  readonly today: string;
  readonly price: Readonly<Record<string, number>>;
  readonly currency: string;
  readonly types: boolean;
}

/** Adds the options of `diff`, and hands what was typed to `run`. */
export function diffCommand(command: Command, root: string, run: (options: DiffOptions) => Promise<void>): Command {
  modelOptions(command);
  todayOption(command, "the day on which exceptions, and what else the model limits, have ended or not");
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
    .option("--out <folder>", "the output folder", folder, "rendered")
    .option(
      "--price <resource=amount>",
      "name money: what an hour costs of cpu (a core), memory and storage (a GiB), others by name; may be repeated",
      price,
      {},
    )
    .option("--currency <name>", "what the prices are in", "EUR")
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
    ...modelSources(words),
    out: words.out,
    root,
    checkTypes: words.types,
    today: words.today,
    ...pricesOf(words),
  };
}

function pricesOf({ price: said, currency }: DiffWords): Pick<DiffOptions, "prices"> {
  const { cpu = 0, memory = 0, storage = 0, ...others } = said;
  return Object.keys(said).length === 0 ? {} : { prices: { currency, cpu, memory, storage, others } };
}

function price(text: string, earlier: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const [, resource, amount] = /^([\w./-]+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (resource === undefined) throw new InvalidArgumentError('A price is written resource=amount: "cpu=0.031".');
  return { ...earlier, [resource]: Number(amount) };
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
