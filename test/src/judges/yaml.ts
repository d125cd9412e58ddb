import { isDeepStrictEqual } from "node:util";
import { emitYaml, type Finding, yamlProblems } from "@plinth/core";
import { hostileStrings } from "@plinth/core/testing";
import fc from "fast-check";
import { CORE_SCHEMA, load } from "js-yaml";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { runTool, toolFailed } from "./run-tool.ts";

/** A value with the YAML that the emitter, or a rendered file, says it with. */
interface Sample {
  readonly value: unknown;
  readonly yaml: string;
  /** The rendered file, when it is one. */
  readonly file?: string;
}

/** The parser of Kubernetes reads every rendered file, and 40,000 strings of the nastiest kind, as the values that were meant. */
export const yaml: Judge = {
  name: "yaml",
  purpose: "Kubernetes' parser reads what was meant",
  tools: ["yaml-judge"],
  judge: async (context) => {
    const files = context.tree.files
      .filter(({ path }) => path.endsWith(".yaml"))
      .map((file): Sample => ({ value: readOrUndefined(file.text), yaml: file.text, file: file.path }));
    const samples = [...files, ...stringSamples(), ...valueSamples()];
    const findings = await judgeSamples(samples, context);
    const strings = samples.length - files.length;
    return { read: `${files.length} files, ${strings} strings and values as values and as keys`, findings };
  },
};

function readOrUndefined(text: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA });
  } catch {
    return undefined;
  }
}

const SAMPLED_STRINGS = 40_000;
// The characters that found every wrong string of other emitters' defaults.
const alphabet = "0123456789+-._eExXoObB:yYnNtTfF~ #\n\t\"'{}[],&*!|>%@`=<a";

/** Each string as a value, as a key, in a list and nested. The seed is fixed: a verdict can be had again. */
function stringSamples(): Sample[] {
  const nasty = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 7 });
  const any = fc.string({ unit: "binary", maxLength: 40 }).filter((text) => text.isWellFormed());
  const strings = [
    ...hostileStrings,
    ...fc.sample(nasty, { numRuns: SAMPLED_STRINGS, seed: 1 }),
    ...fc.sample(any, { numRuns: SAMPLED_STRINGS / 8, seed: 2 }),
  ];
  return strings.map((text) => sample({ value: text, list: [text], nested: { [text]: { [text]: text } } }));
}

function valueSamples(): Sample[] {
  const values = fc.sample(fc.jsonValue({ stringUnit: "grapheme", depthSize: "medium" }), { numRuns: 2000, seed: 3 });
  const numbers = [1e21, 1e-7, 2 ** 53 - 1, 1.5e10, 0.1, -1, 0];
  // All at once as keys of one map, so that two that are read as one show.
  const keys = Object.fromEntries([...new Set(hostileStrings)].map((text) => [text, "value"]));
  return [...values, numbers, keys]
    .filter((value) => yamlProblems(value).length === 0)
    .map((value) => sample({ value }));
}

function sample(value: unknown): Sample {
  return { value, yaml: emitYaml(value) };
}

async function judgeSamples(samples: readonly Sample[], { signal }: JudgeContext): Promise<Finding[]> {
  const input = samples.map(({ yaml: text }) => JSON.stringify(text)).join("\n");
  const run = await runTool(toolPath("yaml-judge"), [], { input: `${input}\n`, signal });
  const verdicts = run.stdout.trimEnd().split("\n");
  if (run.exitCode !== 0 || verdicts.length !== samples.length) return [toolFailed("yaml-judge", run)];
  return samples.flatMap((judged, number): Finding[] => {
    const verdict: unknown = JSON.parse(verdicts[number] ?? "{}");
    const problem = problemOf(judged, verdict);
    if (problem === undefined) return [];
    const place =
      judged.file === undefined ? { hint: `the emitter wrote ${JSON.stringify(judged.yaml)}` } : { file: judged.file };
    return [
      {
        code: "rejected-by-judge",
        severity: "error",
        message: problem,
        expected: "the value that was meant",
        ...place,
      },
    ];
  });
}

function problemOf({ value }: Sample, verdict: unknown): string | undefined {
  const answer: object = typeof verdict === "object" && verdict !== null ? verdict : {};
  if (!("ok" in answer)) return `sigs.k8s.io/yaml refuses it: ${String(Reflect.get(answer, "error"))}`;
  // JSON has no -0: Kubernetes reads it as 0.
  const expected: unknown = JSON.parse(JSON.stringify(value) ?? "null");
  return isDeepStrictEqual(answer.ok, expected)
    ? undefined
    : `sigs.k8s.io/yaml reads ${JSON.stringify(answer.ok).slice(0, 200)}`;
}
