import { emitYaml, type Finding, type Resource } from "@plinth/core";
import { type FieldChange, fieldChanges } from "@plinth/gitops-render";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { type Agreement, agreement, dyffAnswer } from "./object-comparison-agreement.ts";
import { chooseFrom, editedObject, edits } from "./object-comparison-edits.ts";
import type { RenderedObject } from "./rendered-tree.ts";
import { runTool, toolFailed } from "./run-tool.ts";

/** Two versions of one object. */
interface Pair {
  readonly file: string;
  /** What was done to the first. */
  readonly edit: string;
  readonly before: Resource;
  readonly after: Resource;
}

/** What changed between two versions of an object is what dyff says: each object of the tree edited in eleven ways, and each beside its namesake of another environment. */
export const objectComparison: Judge = {
  name: "object-comparison",
  purpose: "what changed in an object is what dyff says",
  tools: ["dyff-judge"],
  judge: async (context) => {
    const objects = context.tree.objects.filter(({ resource }) => resource.kind !== "Secret");
    const pairs = [...editedPairs(objects), ...environmentPairs(objects)];
    const { findings, known } = await judgePairs(pairs, context);
    const [orders, amounts] = [
      known.filter((reason) => reason === "order"),
      known.filter((reason) => reason === "amount"),
    ];
    return {
      read: `${pairs.length} pairs of ${objects.length} objects; in ${orders.length} another order alone, which means nothing there, in ${amounts.length} another unit`,
      findings,
    };
  },
};

/** Three edits of each object, all kinds of them in turn; the seed is fixed: a verdict can be had again. */
function editedPairs(objects: readonly RenderedObject[]): readonly Pair[] {
  const editsOfEach = 3;
  return objects.flatMap(({ file, resource }, number) =>
    Array.from({ length: editsOfEach }, (_, turn): readonly Pair[] => {
      const edit = edits[(number * editsOfEach + turn) % edits.length];
      const after =
        edit === undefined ? undefined : editedObject(resource, edit, chooseFrom(number * editsOfEach + turn));
      return edit === undefined || after === undefined
        ? []
        : [{ file: file.path, edit: edit.name, before: resource, after }];
    }).flat(),
  );
}

/** Each object beside the one of the same name in the environment that comes first. */
function environmentPairs(objects: readonly RenderedObject[]): readonly Pair[] {
  const first = new Map<string, Resource>();
  return objects.flatMap(({ file, resource }): readonly Pair[] => {
    const { kind, metadata } = resource;
    const name = [kind, metadata.namespace, metadata.name].join("/");
    const other = first.get(name);
    if (other === undefined) first.set(name, resource);
    return other === undefined
      ? []
      : [{ file: file.path, edit: "another environment", before: other, after: resource }];
  });
}

async function judgePairs(
  pairs: readonly Pair[],
  { signal }: JudgeContext,
): Promise<{ readonly findings: readonly Finding[]; readonly known: readonly Agreement["known"][] }> {
  const input = pairs
    .map(({ before, after }) => JSON.stringify({ from: emitYaml(before), to: emitYaml(after) }))
    .join("\n");
  const run = await runTool(toolPath("dyff-judge"), [], { input: `${input}\n`, signal });
  const answers = run.stdout.trimEnd().split("\n");
  if (run.exitCode !== 0 || answers.length !== pairs.length)
    return { findings: [toolFailed("dyff-judge", run)], known: [] };
  const judged = pairs.map((pair, number) => judgePair(pair, answers[number] ?? "{}"));
  return {
    findings: judged.flatMap(({ problem }, number) => {
      const pair = pairs[number];
      return problem === undefined || pair === undefined ? [] : [disagreement(pair, problem)];
    }),
    known: judged.map(({ known }) => known),
  };
}

function judgePair({ before, after }: Pair, answer: string): Agreement {
  const dyff = dyffAnswer(answer);
  if ("error" in dyff) return { problem: `dyff cannot read it: ${dyff.error}` };
  const fields = fieldChanges(before, after);
  const back = fieldChanges(after, before);
  if (!isMirror(fields, back)) return { problem: "the other way round Plinth says something else" };
  return agreement(fields, dyff);
}

function isMirror(there: readonly FieldChange[], back: readonly FieldChange[]): boolean {
  const texts = (fields: readonly FieldChange[], turned: boolean): string =>
    fields
      .map(({ before, after }) => JSON.stringify(turned ? [after ?? 0, before ?? 0] : [before ?? 0, after ?? 0]))
      .sort()
      .join("\n");
  return texts(there, false) === texts(back, true);
}

function disagreement({ file, edit }: Pair, problem: string): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    file,
    message: `${edit}: ${problem.length > 600 ? `${problem.slice(0, 600)}…` : problem}`,
    expected: "what dyff says",
  };
}
