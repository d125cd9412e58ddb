import { type Command, Option } from "commander";
import { day } from "./option-values.ts";

/** What is typed about the model, by every command that reads it. */
export interface ModelWords {
  readonly platform: string;
  readonly catalog: readonly string[];
  readonly slo: readonly string[];
}

/** Adds the options that say where the model is. */
export function modelOptions(command: Command): Command {
  return command
    .option("--platform <path>", "the platform: a module, or a folder with an index.ts", "platform")
    .option("--catalog <file...>", "catalog files of services: catalog-info.yaml, port.yml", [])
    .option("--slo <file...>", "files of objectives of services: Sloth's, OpenSLO's", []);
}

/** Adds the day on which what the model limits has ended or not: today, where nobody says another. */
export function todayOption(command: Command, description: string): Command {
  return command.addOption(
    new Option("--today <date>", description)
      .argParser(day)
      .default(new Date().toISOString().slice(0, 10), "today, UTC"),
  );
}

/** The model as what reads it takes it. */
export function modelSources({ platform, catalog, slo }: ModelWords): {
  readonly platform: string;
  readonly catalogs: readonly string[];
  readonly objectives: readonly string[];
} {
  return { platform, catalogs: catalog, objectives: slo };
}
