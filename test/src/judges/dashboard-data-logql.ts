import { type Finding, fieldAt } from "@plinth/core";
import { toolPath } from "../tools/ensure.ts";
import { dashboardsOf, filled, type OtherQuery, otherQueriesOf } from "./dashboard-data-questions.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { runTool, toolFailed } from "./run-tool.ts";

/**
 * Loki's own parser reads every LogQL of every dashboard, and refuses each of them with a slip of the hand.
 *
 * @see https://pkg.go.dev/github.com/grafana/loki/v3/pkg/logql/syntax#ParseExpr
 */
export const dashboardLogql: Judge = {
  name: "dashboard-logql",
  purpose: "Loki reads what dashboards ask it",
  tools: ["logql-judge"],
  judge: async (context) => {
    const found = dashboardsOf(context.tree.objects)
      .flatMap(otherQueriesOf)
      .filter(({ language }) => language === "loki");
    const queries = [...new Map(found.map((query) => [query.text, query])).values()];
    const slips = queries.flatMap(({ text }) => slipsIn(asLokiSees(text)));
    const answer = await ask([...queries.map(({ text }) => asLokiSees(text)), ...slips], context);
    if ("finding" in answer) return { read: "nothing", findings: [answer.finding] };
    return {
      read: `${found.length} queries, ${queries.length} different ones, ${slips.length} with a slip`,
      findings: [
        ...queries.flatMap((query, index) => refusal(query, answer.errors[index] ?? "")),
        ...slips.flatMap((slip, index) =>
          answer.errors[queries.length + index] === "" ? [finding(`${slip} is taken by Loki`, undefined)] : [],
        ),
      ],
    };
  },
};

/** What Grafana puts in for variables: durations for its own, a text for those of the dashboard. */
function asLokiSees(text: string): string {
  return filled(text, new Map([["__auto", "1m"]])).replaceAll(/\$\{(\w+)(?::\w+)?\}|\$([A-Za-z_]\w*)/g, "value");
}

/** Slips that no grammar takes: a bracket or a quote that is missing, a stage without a pipe. */
function slipsIn(text: string): readonly string[] {
  const without = (character: string): readonly string[] =>
    text.includes(character) ? [text.replace(character, "")] : [];
  return [...without("}"), ...without('"'), ...(text.endsWith(")") ? [text.slice(0, -1)] : []), `${text} | = "a"`];
}

async function ask(
  texts: readonly string[],
  { signal }: JudgeContext,
): Promise<{ readonly errors: readonly string[] } | { readonly finding: Finding }> {
  if (texts.length === 0) return { errors: [] };
  const input = texts.map((text) => JSON.stringify(text)).join("\n");
  const run = await runTool(toolPath("logql-judge"), [], { input, signal });
  const lines = run.stdout.trimEnd().split("\n");
  if (run.exitCode !== 0 || lines.length !== texts.length) return { finding: toolFailed("logql-judge", run) };
  return { errors: lines.map((line) => String(fieldAt(JSON.parse(line), "error") ?? "")) };
}

function refusal({ file, place, text }: OtherQuery, error: string): readonly Finding[] {
  return error === "" ? [] : [finding(`${place}: Loki refuses ${JSON.stringify(text)}: ${error}`, file)];
}

function finding(message: string, file: string | undefined): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    ...(file === undefined ? {} : { file }),
    message,
    expected: "LogQL that Loki can read",
  };
}
