import type { Finding } from "@plinth/core";
import { type Batch, batches } from "./binary/batches.ts";
import type { JudgePool } from "./binary/judge-pool.ts";
import { ToolFailure, toolFailureFinding } from "./binary/tool-failure.ts";
import type { Document } from "./documents/document.ts";
import { type ExplainMissingSchema, type Verdict, verdictsOf, verdictWithoutAnswer } from "./verdicts/verdict.ts";

/** Two batches for each process: one that it judges, one that is ready for it. */
const batchesPerProcess = 2;

/** The verdicts on documents, in their order. Throws `JudgeStopped`. */
export async function* judgeDocuments(
  documents: AsyncIterable<Document>,
  pool: JudgePool,
  size: number,
  explain: ExplainMissingSchema,
): AsyncGenerator<Verdict> {
  const pending: Promise<Verdict[]>[] = [];
  for await (const batch of batches(documents)) {
    const verdicts = judgeBatch(batch, pool, explain);
    // It is awaited in its turn; until then a failure is nobody's.
    verdicts.catch(() => {});
    pending.push(verdicts);
    if (pending.length >= size * batchesPerProcess) yield* (await pending.shift()) ?? [];
  }
  for (const verdicts of pending) yield* await verdicts;
}

async function judgeBatch(batch: Batch, pool: JudgePool, explain: ExplainMissingSchema): Promise<Verdict[]> {
  if ("unjudged" in batch) return [verdictWithoutAnswer(batch.unjudged)];
  const answers = await pool.judge(batch.judged).catch((error: unknown) => {
    throw error instanceof ToolFailure ? new JudgeStopped(error, batch.judged) : error;
  });
  const verdicts: Verdict[] = [];
  for (const [index, document] of batch.judged.entries()) {
    verdicts.push(...(await verdictsOf(document, answers[index] ?? [], explain)));
  }
  return verdicts;
}

/** Ends the validation when the judge stopped. */
export class JudgeStopped extends Error {
  readonly finding: Finding;

  constructor(failure: ToolFailure, batch: readonly Document[]) {
    super(failure.message);
    const { file, resource } = batch[Math.min(failure.printedLines, batch.length - 1)] ?? {};
    this.finding = toolFailureFinding(failure, {
      ...(file === undefined ? {} : { file }),
      ...(resource === undefined ? {} : { resource }),
    });
  }
}
