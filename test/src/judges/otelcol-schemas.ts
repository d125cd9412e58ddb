import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Finding, isRecord } from "@plinth/core";
import { type ComponentKind, type OptionShape, optionShapes, parseOptionShape } from "@plinth/otel";
import { CORE_SCHEMA, load } from "js-yaml";
import { toolsFolder } from "../tools/folders.ts";
import { parseGoMod, parseGoSum } from "../tools/go-mod.ts";
import { goEnvironment } from "../tools/go-toolchain.ts";

const contrib = "github.com/open-telemetry/opentelemetry-collector-contrib";
const core = "go.opentelemetry.io/collector";
const folder = join(toolsFolder, "otelcol-schemas");

/** The components that this build of the collector does not hold, and the module of each. */
const components: readonly (readonly [kind: ComponentKind, type: string, module: string])[] = [
  ["receiver", "kubelet_stats", "receiver/kubeletstatsreceiver"],
  ["receiver", "k8s_cluster", "receiver/k8sclusterreceiver"],
  ["receiver", "k8s_objects", "receiver/k8sobjectsreceiver"],
  ["exporter", "awsxray", "exporter/awsxrayexporter"],
  ["exporter", "awsemf", "exporter/awsemfexporter"],
  ["exporter", "awscloudwatchlogs", "exporter/awscloudwatchlogsexporter"],
  ["connector", "routing", "connector/routingconnector"],
  ["extension", "k8s_leader_elector", "extension/k8sleaderelector"],
  ["extension", "sigv4auth", "extension/sigv4authextension"],
];

/** Where a schema says less, or something else, than the Go type that it was made of. */
const mistaken: Readonly<Record<string, string>> = {
  // The embedded field has a name of its own, which the generator of the schema does not see.
  awscloudwatchlogs:
    "enabled initial_interval max_elapsed_time max_interval multiplier randomization_factor retry_on_failure",
};

/** Plinth's table of options is what the schemas say that lie in the components' Go modules, for those that no judge can run. */
export async function judgeSchemas(): Promise<{ readonly read: string; readonly findings: readonly Finding[] }> {
  const modules = await pinnedModules();
  if ("finding" in modules) return { read: "no schemas", findings: [modules.finding] };
  const findings = components.flatMap(([kind, type, module]): Finding[] => {
    const path = `${contrib}/${module}`;
    const schema = schemaIn(modules.folders.get(path) ?? "");
    const own = optionShapes[kind][type];
    if (schema === undefined || own === undefined) return [differs(kind, type, "there is no schema")];
    const said = shapeOf(schema, { package: path, modules: modules.folders });
    const ignored = new Set((mistaken[type] ?? "").split(" "));
    return differences(said, parseOptionShape(own), "")
      .filter((at) => !ignored.has(at.slice(1)))
      .map((at) => differs(kind, type, at));
  });
  return { read: `${components.length} schemas`, findings };
}

function differs(kind: ComponentKind, type: string, at: string): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    message: `the options of the ${kind} ${type} are others: ${at}`,
    hint: "packages/otel/src/checks/option-shapes.ts holds them",
  };
}

type Modules = ReadonlyMap<string, string>;

/** The folder of each module that `tools/otelcol-schemas/go.mod` names, once its bytes are those whose hash go.sum holds. */
async function pinnedModules(): Promise<{ readonly folders: Modules } | { readonly finding: Finding }> {
  const { versions } = parseGoMod(readFileSync(join(folder, "go.mod"), "utf8"));
  const sums = parseGoSum(readFileSync(join(folder, "go.sum"), "utf8"));
  try {
    const found = await Promise.all(
      [...versions].map(async ([path, version]): Promise<readonly [string, string]> => {
        const { stdout } = await promisify(execFile)("go", ["mod", "download", "-json", `${path}@${version}`], {
          cwd: folder,
          env: goEnvironment(),
        });
        const answer: unknown = JSON.parse(stdout);
        const { Dir: directory, Sum: sum } = isRecord(answer) ? answer : {};
        if (typeof directory !== "string") throw new Error(`go mod download ${path}@${version} names no folder`);
        if (sum !== sums.get(`${path} ${version}`)) throw new Error(`${path} ${version} is not what go.sum pins`);
        return [path, directory];
      }),
    );
    return { folders: new Map(found) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { finding: { code: "tool-failed", severity: "error", message, hint: "the first download needs a network" } };
  }
}

function schemaIn(directory: string): Readonly<Record<string, unknown>> | undefined {
  const file = join(directory, "config.schema.yaml");
  if (!existsSync(file)) return undefined;
  const schema: unknown = load(readFileSync(file, "utf8"), { schema: CORE_SCHEMA });
  return isRecord(schema) ? schema : undefined;
}

interface Place {
  /** The Go package whose schema is read. */
  readonly package: string;
  readonly modules: Modules;
}

/** A schema as a shape; what it refers to and no pinned module holds may be anything. */
function shapeOf(schema: unknown, place: Place): OptionShape {
  if (!isRecord(schema)) return "any";
  if (typeof schema["$ref"] === "string") {
    const referred = resolve(schema["$ref"], place);
    const shape = referred === undefined ? "any" : shapeOf(referred.schema, referred.place);
    return schema["x-optional"] === true && typeof shape !== "string" && "options" in shape
      ? { options: { ...shape.options, enabled: "flag" } }
      : shape;
  }
  if (schema["format"] === "duration" || schema["x-customType"] === "time.Duration") return "duration";
  switch (schema["type"]) {
    case "string":
      return "text";
    case "integer":
      return String(schema["x-customType"]).startsWith("uint") ? "count" : "whole";
    case "number":
      return "number";
    case "boolean":
      return "flag";
    case "array":
      return { list: shapeOf(schema["items"], place) };
    case "object":
      return objectShape(schema, place);
    default:
      return "any";
  }
}

function objectShape(schema: Readonly<Record<string, unknown>>, place: Place): OptionShape {
  const { properties, allOf, additionalProperties } = schema;
  if (properties === undefined && allOf === undefined && additionalProperties !== undefined)
    return { map: shapeOf(additionalProperties, place) };
  const own = isRecord(properties) ? Object.entries(properties) : [];
  const inherited = (Array.isArray(allOf) ? allOf : []).flatMap((part: unknown) => {
    const shape = shapeOf(part, place);
    return typeof shape !== "string" && "options" in shape ? Object.entries(shape.options) : [];
  });
  const options = own.map(([name, option]) => [name, shapeOf(option, place)] as const);
  return { options: Object.fromEntries([...inherited, ...options]) };
}

/** What a reference means: `name` in the same schema, `./folder.name` below, `/path.name` in the same repository, or a whole path. */
function resolve(reference: string, place: Place): { readonly schema: unknown; readonly place: Place } | undefined {
  const dot = reference.lastIndexOf(".");
  const name = reference.slice(dot + 1);
  const path = reference.includes("/") ? reference.slice(0, dot) : ".";
  const repository = place.package.startsWith(contrib) ? contrib : core;
  const target = path.startsWith(".")
    ? join(place.package, path)
    : path.startsWith("/")
      ? `${repository}${path}`
      : path;
  const module = [...place.modules.keys()].find((known) => target === known || target.startsWith(`${known}/`));
  if (module === undefined) return undefined;
  const schema = schemaIn(join(place.modules.get(module) ?? "", target.slice(module.length)));
  if (schema === undefined) return undefined;
  const definitions = schema["$defs"];
  const definition = isRecord(definitions) ? definitions[reference.includes("/") ? name : reference] : undefined;
  return { schema: definition ?? schema, place: { ...place, package: target } };
}

/** The places at which two shapes are others. What may be anything is like everything, and so is a map of options beside options by name. */
function differences(said: OptionShape, own: OptionShape, at: string): string[] {
  if (said === "any" || own === "any") return [];
  if (typeof said === "string" || typeof own === "string") return said === own ? [] : [at];
  if ("list" in said && "list" in own) return differences(said.list, own.list, `${at}[]`);
  if ("map" in own && ("map" in said || "options" in said))
    return "map" in said ? differences(said.map, own.map, `${at}.*`) : [];
  if (!("options" in said && "options" in own)) return [at];
  const names = new Set([...Object.keys(said.options), ...Object.keys(own.options)]);
  return [...names].flatMap((name) => {
    const [theirs, ours] = [said.options[name], own.options[name]];
    return theirs === undefined || ours === undefined ? [`${at}.${name}`] : differences(theirs, ours, `${at}.${name}`);
  });
}
