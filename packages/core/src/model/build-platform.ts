import type { z } from "zod";
import { type Finding, hasErrors, type SourceLocation, sortFindings } from "../finding.ts";
import { compareTexts } from "../text-order.ts";
import { entryPath, type NamedList, nouns } from "./cross-checks/cross-check.ts";
import { crossChecks } from "./cross-checks/cross-checks.ts";
import type { PlatformDefinition } from "./define.ts";
import { type Platform, platformHeadSchema, platformLists } from "./platform.ts";
import { type PromisesOfService, withPromises } from "./promises-of-services.ts";
import { printValue, schemaFindings } from "./schema-findings.ts";
import type { ServiceInput } from "./service.ts";
import { relativeFile, sourceOf } from "./source.ts";

/** A platform, or what is wrong with its definition. `platform` is there exactly when no finding is an error. */
export interface BuiltPlatform {
  readonly platform?: Platform;
  readonly findings: readonly Finding[];
}

export interface BuildPlatformOptions {
  /** Folder that files in findings and headers are relative to. @default "/" */
  root?: string;
  /** Services from catalogs, joined to the definition's own. @default none */
  services?: readonly ServiceInput[];
  /** Promises that files of objectives make for services that say none themselves. @default none */
  promises?: readonly PromisesOfService[];
}

/**
 * Checks a definition: each entry alone, then how they fit together. All findings come at once.
 *
 * @example
 * declare const definition: PlatformDefinition;
 * const { platform, findings } = buildPlatform(definition, { root: "/home/me/shop" });
 */
export function buildPlatform(definition: PlatformDefinition, options: BuildPlatformOptions = {}): BuiltPlatform {
  const root = options.root ?? "/";
  const source = sourceOf(definition, root);
  const input: unknown = definition.input;
  if (typeof input !== "object" || input === null) {
    return { findings: [invalidHead(`is ${printValue(input)}`, source)] };
  }
  const findings: Finding[] = [];
  const head = parseHead(input, source, findings);
  const parse = <Entry extends { name: string }>(
    list: NamedList,
    schema: z.ZodType<Entry>,
    more: readonly unknown[] = [],
    completed: (entries: readonly unknown[]) => readonly unknown[] = (entries) => entries,
  ): ParsedList<Entry> =>
    parseList(
      list,
      schema,
      Reflect.get(input, list),
      (given) => completed([...given, ...more]),
      { root, ...(source === undefined ? {} : { source }) },
      findings,
    );
  const environments = parse("environments", platformLists.environments);
  const teams = parse("teams", platformLists.teams);
  const promised = (entries: readonly unknown[]): readonly unknown[] =>
    withPromises(entries, options.promises ?? [], root, findings);
  const services = parse("services", platformLists.services, options.services, promised);
  const dataStores = parse("dataStores", platformLists.dataStores);
  const apis = parse("apis", platformLists.apis);
  const components = parse("components", platformLists.components);
  const breakGlass = parse("breakGlass", platformLists.breakGlass);
  const acceptedRisks = parse("acceptedRisks", platformLists.acceptedRisks);
  const policyRollouts = parse("policyRollouts", platformLists.policyRollouts);
  const policyExceptions = parse("policyExceptions", platformLists.policyExceptions);
  const alertOverrides = parse("alertOverrides", platformLists.alertOverrides);
  if (head !== undefined) {
    const platform: Platform = {
      ...head,
      environments: environments.entries,
      teams: teams.entries,
      services: services.entries,
      dataStores: dataStores.entries,
      apis: apis.entries,
      components: components.entries,
      breakGlass: breakGlass.entries,
      acceptedRisks: acceptedRisks.entries,
      policyRollouts: policyRollouts.entries,
      policyExceptions: policyExceptions.entries,
      alertOverrides: alertOverrides.entries,
      ...(source === undefined ? {} : { source }),
    };
    const names = {
      environments: environments.names,
      teams: teams.names,
      services: services.names,
      dataStores: dataStores.names,
      apis: apis.names,
      components: components.names,
      breakGlass: breakGlass.names,
      acceptedRisks: acceptedRisks.names,
      policyRollouts: policyRollouts.names,
      policyExceptions: policyExceptions.names,
      alertOverrides: alertOverrides.names,
    };
    const report = (finding: Omit<Finding, "severity"> & { severity?: Finding["severity"] }): void => {
      findings.push({ severity: "error", ...finding });
    };
    for (const check of crossChecks) check({ platform, names, report });
    if (!hasErrors(findings)) return { platform: deepFreeze(platform), findings: sortFindings(findings) };
  }
  return { findings: sortFindings(findings) };
}

interface ParsedList<Entry> {
  readonly entries: readonly Entry[];
  /** Names of all entries, malformed ones too: a reference to those is not an error of its own. */
  readonly names: ReadonlySet<string>;
}

// A whole definition may be missing or misspelt; the lists are checked entry by entry below.
const headKeys = ["name", "domain", "repository", "delivery", "dashboards", "groups"] as const;

function parseHead(
  input: object,
  source: SourceLocation | undefined,
  findings: Finding[],
): z.output<typeof platformHeadSchema> | undefined {
  const known: readonly string[] = [...headKeys, ...Object.keys(platformLists)];
  const head = Object.fromEntries(Object.entries(input).filter(([key]) => !(key in platformLists)));
  const parsed = platformHeadSchema.safeParse(head);
  if (parsed.success) return parsed.data;
  for (const finding of schemaFindings(parsed.error, head, platformHeadSchema, {
    ...(source === undefined ? {} : { source }),
    prefix: "",
  })) {
    findings.push(finding.code === "unknown-field" ? { ...finding, expected: `one of ${known.join(", ")}` } : finding);
  }
  // The cross-checks need no more than the lists: a placeholder head would be checked as if it had been written.
  const fallback = platformHeadSchema.safeParse({
    name: "unnamed",
    domain: "unnamed.invalid",
    repository: { url: "https://unnamed.invalid" },
  });
  return fallback.data;
}

const optionalLists: ReadonlySet<NamedList> = new Set([
  "dataStores",
  "apis",
  "components",
  "breakGlass",
  "acceptedRisks",
  "policyRollouts",
  "policyExceptions",
  "alertOverrides",
]);

function parseList<Entry extends { name: string }>(
  list: NamedList,
  schema: z.ZodType<Entry>,
  value: unknown,
  completed: (given: readonly unknown[]) => readonly unknown[],
  where: { root: string; source?: SourceLocation },
  findings: Finding[],
): ParsedList<Entry> {
  const { root, ...at } = where;
  const given: readonly unknown[] = Array.isArray(value) ? value : [];
  if (!Array.isArray(value) && !(value === undefined && optionalLists.has(list))) {
    findings.push({
      code: "invalid-field",
      severity: "error",
      ...at,
      path: list,
      message: value === undefined ? "is missing" : `is ${printValue(value)}`,
      expected: `a list of ${list}`,
      example: `${list}: []`,
    });
  } else if (given.length === 0 && list === "environments" && Array.isArray(value)) {
    findings.push({
      code: "invalid-field",
      severity: "error",
      ...at,
      path: list,
      message: "is empty",
      expected: "at least one environment",
      example: "environments: [production]",
    });
  }
  const firstOf = new Map<string, SourceLocation | undefined>();
  const entries: Entry[] = [];
  for (const [index, entry] of completed(given).entries()) {
    const source = sourceOf(entry, root) ?? at.source;
    const name: unknown = typeof entry === "object" && entry !== null ? Reflect.get(entry, "name") : undefined;
    const prefix = entryPath(list, typeof name === "string" ? name : String(index));
    const parsed = schema.safeParse(entry);
    if (!parsed.success)
      findings.push(
        ...schemaFindings(parsed.error, entry, schema, { ...(source === undefined ? {} : { source }), prefix }),
      );
    if (typeof name === "string" && firstOf.has(name)) {
      const first = firstOf.get(name);
      findings.push({
        code: "duplicate-name",
        severity: "error",
        ...(source === undefined ? {} : { source }),
        path: `${prefix}.name`,
        message: `a second ${nouns[list]} is named ${JSON.stringify(name)}${first?.line === undefined ? "" : `; the first stands in ${relativeFile(first.file, root)}:${first.line}`}`,
        expected: `a name that no other ${nouns[list]} has`,
        example: `name: ${JSON.stringify(`${name}-2`)}`,
      });
    } else if (parsed.success) {
      entries.push(source === undefined ? parsed.data : { ...parsed.data, source });
    }
    if (typeof name === "string" && !firstOf.has(name)) firstOf.set(name, source);
  }
  entries.sort((a, b) => compareTexts(a.name, b.name));
  return { entries, names: new Set(firstOf.keys()) };
}

function invalidHead(message: string, source: SourceLocation | undefined): Finding {
  return {
    code: "invalid-field",
    severity: "error",
    ...(source === undefined ? {} : { source }),
    path: "definePlatform",
    message,
    expected: "an object that describes the platform",
    example: 'definePlatform({ name: "astronomy-shop", … })',
  };
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of value instanceof Map ? value.values() : Object.values(value)) deepFreeze(member);
  }
  return value;
}
