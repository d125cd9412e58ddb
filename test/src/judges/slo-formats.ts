import { readFileSync } from "node:fs";
import { join } from "node:path";
import { emitYaml, type Finding, fieldAt, hasErrors } from "@plinth/core";
import {
  alertWindows,
  openSlo,
  type PrometheusServiceLevelSpec,
  type ReadServiceLevels,
  readServiceLevels,
  type ServiceLevelDocument,
  slothRuleGroups,
  withPluginsExpanded,
} from "@plinth/slo";
import { sample } from "fast-check";
import { CORE_SCHEMA, loadAll } from "js-yaml";
import { toolPath } from "../tools/ensure.ts";
import { goModuleDirectory } from "../tools/schemas.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";
import { runTool } from "./run-tool.ts";
import { firstDifference, originOf } from "./slo-differential-comparison.ts";
import { specifications } from "./slo-differential-specifications.ts";
import {
  brokenFiles,
  type LevelFile,
  openSloV1Alpha,
  slothFiles,
  slothResource,
  slothSpecification,
} from "./slo-formats-corpus.ts";
import { writeFiles } from "./write-files.ts";

// The same specifications in every run: what is found can be found again.
const chosen = { numRuns: 40, seed: 20_200_720 };

/**
 * Files that say objectives are read as Sloth reads them: its examples, what its own tests read, random specifications in all of its formats, and broken ones. It accepts what
 * `readServiceLevels` accepts, and makes the same rules of it. What `openSlo` writes, OpenSLO's own tool accepts, and reading it gives the specification back.
 */
export const sloFormats: Judge = {
  name: "slo-formats",
  purpose: "objectives are read and written as Sloth and OpenSLO do",
  tools: ["sloth", "oslo"],
  judge: async (context) => {
    const module = await goModuleDirectory("sloth");
    if (!module.found) return { read: "nothing", findings: [module.finding] };
    const levels = sample(specifications, chosen);
    const random = levels.flatMap((spec, index): readonly LevelFile[] => [
      { name: `random ${index}, file`, text: emitYaml(slothSpecification(spec)) },
      { name: `random ${index}, resource`, text: emitYaml(slothResource(spec)) },
      ...[openSloV1Alpha(spec)].flatMap((document) =>
        document === undefined ? [] : [{ name: `random ${index}, OpenSLO`, text: emitYaml(document) }],
      ),
    ]);
    const files = [...slothFiles(module.directory), ...random, ...brokenFiles].map(
      (file, index): ReadFile => ({
        ...file,
        path: `${index}.yaml`,
        read: readServiceLevels(file.text, { file: file.name }),
      }),
    );
    const accepted = files.filter(({ read }) => !hasErrors(read.findings));
    const refused = files.filter(({ read }) => hasErrors(read.findings));
    const findings: Finding[] = [
      ...(await judgeAccepted(accepted, context)),
      ...(await inTurn(refused, (file) => judgeRefused(file, context))),
    ];
    const written = [...levels, ...renderedLevels(context)];
    findings.push(...(await judgeOpenSlo(written, context)));
    return { read: `${files.length} files, ${written.length} service levels as OpenSLO`, findings };
  },
};

/** A file, where it lies for Sloth, and what we read in it. */
interface ReadFile extends LevelFile {
  readonly path: string;
  readonly read: ReadServiceLevels;
}

/** Sloth accepts what we accept, and makes the same rules of it: all at once, and one by one when it stops somewhere. */
async function judgeAccepted(files: readonly ReadFile[], context: JudgeContext): Promise<readonly Finding[]> {
  const folder = join(context.workFolder, "accepted");
  writeFiles(join(folder, "in"), files);
  writeFiles(join(folder, "out"), []);
  const run = await runTool(toolPath("sloth"), ["generate", "-i", "in", "-o", "out"], {
    workFolder: folder,
    signal: context.signal,
  });
  if (run.exitCode === 0)
    return files.flatMap(({ name, path, read }) =>
      compared(name, read.documents, readFileSync(join(folder, "out", path), "utf8")),
    );
  return inTurn(files, async (file) => {
    const said = await validated(file, context);
    return said === undefined ? [] : [difference(file.name, `readServiceLevels accepts it, and Sloth says: ${said}`)];
  });
}

/** Sloth refuses what we refuse. Only its interpreter runs steps of its chain and plugins that are Go: to say so is the right answer. */
async function judgeRefused(file: ReadFile, context: JudgeContext): Promise<readonly Finding[]> {
  const interpreted = file.read.findings.some(({ path = "" }) => /plugin/i.test(path));
  const said = interpreted ? "" : await validated(file, context);
  const [first] = file.read.findings.filter(({ severity }) => severity === "error");
  return said === undefined
    ? [difference(file.name, `Sloth accepts it, and readServiceLevels finds ${first?.path}: ${first?.message}`)]
    : [];
}

/** Why Sloth refuses a file; `undefined` where it does not. */
async function validated({ path, text }: ReadFile, { workFolder, signal }: JudgeContext): Promise<string | undefined> {
  const folder = join(workFolder, "validated", path);
  writeFiles(folder, [{ path: "level.yaml", text }]);
  const run = await runTool(toolPath("sloth"), ["validate", "-i", "."], { workFolder: folder, signal });
  return run.exitCode === 0 ? undefined : lastLine(run.stderr);
}

async function inTurn<Item>(
  items: readonly Item[],
  judge: (item: Item) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const item of items) findings.push(...(await judge(item)));
  return findings;
}

function compared(name: string, documents: readonly ServiceLevelDocument[], generated: string): readonly Finding[] {
  const results = loadAll(generated, { schema: CORE_SCHEMA }).map((result) =>
    fieldAt(result, "kind") === "PrometheusRule" ? fieldAt(result, "spec", "groups") : fieldAt(result, "groups"),
  );
  if (results.length !== documents.length)
    return [difference(name, `has ${documents.length} documents for us and ${results.length} for Sloth`)];
  return documents.flatMap(({ spec, period }, index) => {
    const windows = alertWindows[period === "28d" ? "28d" : "30d"];
    const ours = slothRuleGroups(withPluginsExpanded(spec).spec, { windows, origin: originOf(results[index]) });
    const unlike = firstDifference(JSON.parse(JSON.stringify(ours)), results[index]);
    return unlike === undefined ? [] : [difference(name, `document ${index}: ${unlike}`)];
  });
}

/** OpenSLO's tool accepts what is written, and we read from it what was written. */
async function judgeOpenSlo(
  levels: readonly PrometheusServiceLevelSpec[],
  { workFolder, signal }: JudgeContext,
): Promise<readonly Finding[]> {
  const folder = join(workFolder, "openslo");
  const findings: Finding[] = [];
  const texts = levels.flatMap((spec, index) => {
    const written = openSlo(spec, { windows: alertWindows["28d"] });
    if (hasErrors(written.findings)) return [];
    const text = written.objects.map((object) => emitYaml(object)).join("---\n");
    findings.push(...roundTrip(spec, text, written.findings.length > 0, `service level ${index} of ${spec.service}`));
    return [{ path: `${index}.yaml`, text }];
  });
  writeFiles(folder, texts);
  const run = await runTool(toolPath("oslo"), ["validate", ...texts.flatMap(({ path }) => ["-f", path])], {
    workFolder: folder,
    signal,
  });
  if (run.exitCode !== 0)
    findings.push(difference("openSlo", `oslo refuses what is written: ${`${run.stdout}\n${run.stderr}`.trim()}`));
  return findings;
}

function roundTrip(
  spec: PrometheusServiceLevelSpec,
  text: string,
  incomplete: boolean,
  name: string,
): readonly Finding[] {
  const read = readServiceLevels(text, { file: `${name}.yaml` });
  if (hasErrors(read.findings)) return [difference(name, `is not read again: ${read.findings[0]?.message}`)];
  if (incomplete) return [];
  const again = {
    service: spec.service,
    slos: read.documents.flatMap(({ spec: each }) => each.slos),
  };
  const ours = slothRuleGroups(again, { windows: alertWindows["28d"] });
  const unlike = firstDifference(ours, slothRuleGroups(spec, { windows: alertWindows["28d"] }));
  return unlike === undefined ? [] : [difference(name, `as OpenSLO and back means something else: ${unlike}`)];
}

/** The service levels of the reference platform, without those that are equal in several environments. */
function renderedLevels({ tree, platform }: JudgeContext): readonly PrometheusServiceLevelSpec[] {
  const texts = new Set<string>();
  return platform.environments.flatMap(({ name }) =>
    objectsOfEnvironment(tree, name).flatMap(({ resource, file }) => {
      if (resource.kind !== "PrometheusServiceLevel" || texts.has(JSON.stringify(resource["spec"]))) return [];
      texts.add(JSON.stringify(resource["spec"]));
      return readServiceLevels(file.text, { file: file.path }).documents.map(({ spec }) => spec);
    }),
  );
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

function difference(file: string, message: string): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    message: `${file}: ${message}`,
    expected: "what Sloth, or OpenSLO's own tool, says of it",
  };
}
