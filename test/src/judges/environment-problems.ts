import type { Environment, Finding } from "@plinth/core";

/** What a judge of running collectors found in an environment, as findings about the file that it lies in. */
export function environmentProblems(
  environment: Environment,
  problems: readonly string[],
  expected: string,
  file?: string,
): readonly Finding[] {
  return problems.map((problem) => ({
    code: "rejected-by-judge",
    severity: "error",
    message: `${environment.name}: ${problem}`,
    ...(file === undefined ? {} : { file }),
    expected,
  }));
}
