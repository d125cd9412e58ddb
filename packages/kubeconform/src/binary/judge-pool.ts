import type { Document } from "../documents/document.ts";
import { type Answer, parseAnswers } from "../verdicts/answers.ts";
import type { Command } from "./command.ts";
import { type JudgeProcess, startJudgeProcess } from "./judge-process.ts";
import { ToolFailure } from "./tool-failure.ts";

/** A document with something to judge. */
export type JudgedDocument = Document & { readonly content: Buffer };

/** Several kubeconforms that share the work. */
export interface JudgePool {
  /** The answers to each document of a batch. Rejects with `ToolFailure`. */
  judge(batch: readonly JudgedDocument[]): Promise<Answer[][]>;
  /** Ends all processes and resolves when they are gone. */
  stop(): Promise<void>;
}

/**
 * A document of this size or more is judged alone, as the last of its process: kubeconform goes on reading into the buffer of 4 MiB
 * in which the document that it validates still stands (pkg/resource/stream.go hands out bufio.Scanner's own bytes).
 */
export const largeDocumentBytes: number = 512 * 1024;

/** Up to `size` processes, each started when there is work for it. */
export function startJudgePool(command: Command, size: number): JudgePool {
  const idle: JudgeProcess[] = [];
  const running = new Set<JudgeProcess>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  let stopped = false;

  const start = (): JudgeProcess => {
    if (stopped) throw new ToolFailure(`${command.file} was stopped`);
    const judge = startJudgeProcess(command);
    running.add(judge);
    return judge;
  };
  const turn = async (): Promise<void> => {
    if (busy < size) busy++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const done = (): void => {
    const next = waiting.shift();
    if (next === undefined) busy--;
    else next();
  };

  const judgeLarge = async (document: JudgedDocument): Promise<Answer[]> => {
    const judge = start();
    try {
      const { lines, firstNumber } = await judge.askLast([document.content]);
      return [...parseAnswers(lines, firstNumber).answers];
    } finally {
      running.delete(judge);
      await judge.stop();
    }
  };
  const judgeSmall = async (batch: readonly JudgedDocument[]): Promise<Answer[][]> => {
    const judge = idle.pop() ?? start();
    const { lines, firstNumber } = await judge.ask(batch.map(({ content }) => content));
    const { answers, clear } = parseAnswers(lines, firstNumber);
    if (clear && answers.length === batch.length) {
      idle.push(judge);
      return answers.map((answer) => [answer]);
    }
    // A List was taken apart, or some text looks like an answer: one by one, all answers belong to the one document.
    const one: Answer[][] = [];
    for (const { content } of batch) {
      const alone = await judge.ask([content]);
      one.push([...parseAnswers(alone.lines, alone.firstNumber).answers]);
    }
    idle.push(judge);
    return one;
  };

  return {
    judge: async (batch) => {
      await turn();
      try {
        const [only] = batch;
        const isLarge = batch.length === 1 && only !== undefined && only.content.length >= largeDocumentBytes;
        return isLarge ? [await judgeLarge(only)] : await judgeSmall(batch);
      } finally {
        done();
      }
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...running].map((judge) => judge.stop()));
    },
  };
}
