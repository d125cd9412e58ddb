import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { Command } from "./command.ts";
import { describeExit, ToolFailure } from "./tool-failure.ts";

/** A running kubeconform that answers one batch of documents at a time. */
export interface JudgeProcess {
  /** The lines that answer the documents, and the number of the first answer. Rejects with `ToolFailure`. */
  ask(documents: readonly Buffer[]): Promise<AnswerLines>;
  /** The same for the last documents: the process ends with them. */
  askLast(documents: readonly Buffer[]): Promise<AnswerLines>;
  /** Ends the process and resolves when it is gone. */
  stop(): Promise<void>;
}

/** A part of kubeconform's TAP output. */
export interface AnswerLines {
  readonly lines: readonly string[];
  readonly firstNumber: number;
}

const separator = "\n---\n";
const longestLine = 64 * 1024 * 1024;
const keptOfStandardError = 4096;

interface Question {
  readonly documents: readonly Buffer[];
  readonly last: boolean;
  readonly resolve: (answer: AnswerLines) => void;
  readonly reject: (failure: unknown) => void;
}

/**
 * Starts kubeconform. Each batch ends with a document of a kind that no schema can exist for: its refusal marks the end of the
 * batch's answers, whatever the documents are, and proves each time that this judge refuses what it has no schema for.
 */
export function startJudgeProcess(command: Command): JudgeProcess {
  const sentinel = `End-${randomUUID()}`;
  const sentinelDocument = `kind: ${sentinel}\napiVersion: v1`;
  const child = spawn(command.file, command.arguments, {
    env: { ...command.environment },
    stdio: ["pipe", "pipe", "pipe"],
  });

  let question: Question | undefined;
  let failure: ToolFailure | undefined;
  let lines: string[] = [];
  let unfinished = "";
  let header = false;
  let answered = 0;
  let standardError = "";

  const fail = (message: string, hint?: string): void => {
    failure ??= new ToolFailure(message, { hint, printedLines: lines.length });
    child.kill("SIGKILL");
    question?.reject(failure);
    question = undefined;
  };
  const answer = (end: number): void => {
    question?.resolve({ lines, firstNumber: answered + 1 });
    question = undefined;
    lines = [];
    answered = end;
  };
  const takeLine = (line: string): void => {
    if (!header && question?.last === true && line === "1..0") {
      answer(0);
      return;
    }
    if (!header) {
      header = line === "TAP version 13";
      if (!header)
        fail(
          `${command.file} does not answer as kubeconform does: ${JSON.stringify(line.slice(0, 80))}`,
          "Check that it is kubeconform 0.8 or newer.",
        );
      return;
    }
    const end = /^not ok (\d+) - stdin: could not find schema for (End-[-0-9a-f]+)$/.exec(line);
    if (end?.[2] === sentinel) answer(Number(end[1]));
    else if (question?.last === true && /^1\.\.\d+$/.test(line)) answer(0);
    else if (line.includes(sentinel))
      fail(`${command.file} does not refuse a kind without a schema: ${JSON.stringify(line)}`);
    else lines.push(line);
  };

  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const parts = (unfinished + text).split("\n");
    unfinished = parts.pop() ?? "";
    for (const line of parts) if (failure === undefined) takeLine(line);
    if (unfinished.length > longestLine) fail(`${command.file} prints a line of more than ${longestLine} characters`);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    standardError = (standardError + text).slice(0, keptOfStandardError);
  });
  // A process that ended reports itself by "close"; what could not be written to it no longer matters.
  child.stdin.on("error", () => {});
  const closed = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      fail(`${command.file} cannot be started: ${error.message}`);
      if (child.pid === undefined) resolve();
    });
    child.on("close", (code, signal) => {
      failure ??= new ToolFailure(`${command.file} ${describeExit(code, signal, standardError)}`, {
        printedLines: lines.length,
      });
      question?.reject(failure);
      question = undefined;
      resolve();
    });
  });

  const put = (documents: readonly Buffer[], last: boolean): Promise<AnswerLines> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) {
        reject(failure);
        return;
      }
      question = { documents, last, resolve, reject };
      for (const document of documents) {
        child.stdin.write(document);
        child.stdin.write(separator);
      }
      if (last) child.stdin.end();
      else child.stdin.write(`${sentinelDocument}${separator}`);
    });

  return {
    ask: (documents) => put(documents, false),
    askLast: (documents) => put(documents, true),
    stop: async () => {
      child.stdin.destroy();
      child.kill("SIGKILL");
      await closed;
    },
  };
}
