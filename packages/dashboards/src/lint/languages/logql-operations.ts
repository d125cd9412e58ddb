import { re2Problem } from "@plinth/metrics";
import type { QueryProblem } from "./query-finding.ts";

/** A part of a query as the grammar reads it. */
export interface QueryPart {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly firstChild: QueryPart | null;
  readonly nextSibling: QueryPart | null;
}

type Found = Omit<QueryProblem, "at">;

/** What Loki refuses of a function, an aggregation or an operation though it parses: pkg/logql/syntax/ast.go of Loki 3.7. */
export function operationProblem(part: QueryPart, text: string): Found | undefined {
  const children = childrenOf(part);
  const words = (child: QueryPart | undefined): string =>
    child === undefined ? "" : text.slice(child.from, child.to).trim();
  switch (part.name) {
    case "RangeAggregationExpr":
      return rangeProblem(children, words(children[0]));
    case "VectorAggregationExpr":
      return vectorProblem(children, words);
    case "BinOpExpr":
      return operatorProblem(children, words);
    case "LabelReplaceExpr": {
      const pattern = words(children.at(-1)).slice(1, -1).replace(/\\\\/g, "\\");
      const problem = re2Problem(pattern);
      return problem === undefined
        ? undefined
        : {
            message: `has the regular expression ${JSON.stringify(pattern)}: ${problem}`,
            expected: "a pattern of RE2",
          };
    }
    default:
      return undefined;
  }
}

function childrenOf(part: QueryPart): readonly QueryPart[] {
  const children: QueryPart[] = [];
  for (let child = part.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** What a function over a range of lines takes: the number of a label by `unwrap`, a grouping, a parameter. */
const rangeFunctions: Readonly<Record<string, { unwrap: "must" | "may" | "never"; groups?: true; parameter?: true }>> =
  {
    count_over_time: { unwrap: "never" },
    bytes_over_time: { unwrap: "never" },
    bytes_rate: { unwrap: "never" },
    rate: { unwrap: "may" },
    absent_over_time: { unwrap: "may" },
    rate_counter: { unwrap: "must" },
    sum_over_time: { unwrap: "must" },
    avg_over_time: { unwrap: "must", groups: true },
    max_over_time: { unwrap: "must", groups: true },
    min_over_time: { unwrap: "must", groups: true },
    stddev_over_time: { unwrap: "must", groups: true },
    stdvar_over_time: { unwrap: "must", groups: true },
    first_over_time: { unwrap: "must", groups: true },
    last_over_time: { unwrap: "must", groups: true },
    quantile_over_time: { unwrap: "must", groups: true, parameter: true },
  };

function rangeProblem(children: readonly QueryPart[], name: string): Found | undefined {
  if (!Object.hasOwn(rangeFunctions, name)) return undefined;
  const allowed = rangeFunctions[name];
  if (allowed === undefined) return undefined;
  const lines = children.find((child) => child.name === "LogRangeExpr");
  const unwraps = lines !== undefined && hasPart(lines, "UnwrapExpr");
  if (allowed.unwrap === "must" && !unwraps)
    return {
      message: `asks for ${name} of lines, which have no number`,
      expected: "the label whose number is taken",
      example: `${name}(${allowed.parameter === true ? "0.95, " : ""}{service_name="checkout"} | json | unwrap duration_ms [$__auto])`,
    };
  if (allowed.unwrap === "never" && unwraps)
    return { message: `asks for ${name} of a label's numbers`, expected: "no unwrap: it counts lines or their bytes" };
  if (allowed.groups !== true && children.some((child) => child.name === "Grouping"))
    return { message: `groups the result of ${name} itself`, expected: `sum by (label) (${name}(…))` };
  const parameter = children.some((child) => child.name === "Number");
  if (parameter !== (allowed.parameter === true))
    return {
      message: parameter ? `gives ${name} a parameter` : `gives ${name} no parameter`,
      expected: parameter ? `${name} of a range alone` : `${name}(0.95, …)`,
    };
  return undefined;
}

function hasPart(part: QueryPart, name: string): boolean {
  return part.name === name || childrenOf(part).some((child) => hasPart(child, name));
}

const ranked: ReadonlySet<string> = new Set(["topk", "bottomk", "approx_topk"]);

function vectorProblem(
  children: readonly QueryPart[],
  words: (child: QueryPart | undefined) => string,
): Found | undefined {
  const name = words(children[0]);
  const parameter = children.find((child) => child.name === "Number");
  if (!ranked.has(name))
    return parameter === undefined
      ? undefined
      : { message: `gives ${name} a parameter`, expected: `${name} of an expression alone` };
  if (parameter === undefined || !/^[1-9]\d*$/.test(words(parameter)))
    return {
      message: `asks for ${name} of ${parameter === undefined ? "how many it does not say" : words(parameter)}`,
      expected: "a whole number from 1 on",
      example: `${name}(5, sum by (service_name) (rate({service_name=~".+"} [$__auto])))`,
    };
  return name === "approx_topk" && children.some((child) => child.name === "Grouping")
    ? { message: "groups approx_topk, which counts by itself", expected: "approx_topk(5, sum by (label) (…))" }
    : undefined;
}

const setOperators: ReadonlySet<string> = new Set(["and", "or", "unless"]);

function operatorProblem(
  children: readonly QueryPart[],
  words: (child: QueryPart | undefined) => string,
): Found | undefined {
  const [left, operator] = children;
  const right = children.at(-1);
  for (const side of [left, right]) {
    const kind = side?.firstChild?.name;
    if (kind === "LogExpr")
      return {
        message: `calculates with lines: ${words(side)} ${side === left ? words(operator) : ""}`.trimEnd(),
        expected: "numbers that are made of them",
        example: 'sum(rate({service_name="checkout"} [$__auto])) / 60',
      };
    if (setOperators.has(words(operator)) && side?.firstChild?.firstChild?.name === "LiteralExpr")
      return { message: `joins a number by ${words(operator)}`, expected: "an expression on both sides, or vector(0)" };
  }
  return undefined;
}
