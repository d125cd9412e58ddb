import {
  bucketsOf,
  histogramQuantile,
  type Operand,
  printPromqlLine,
  rate,
  select,
  spanMetrics,
  sum,
} from "@plinth/metrics";

const { calls, duration, kinds, statuses } = spanMetrics;
// Stands for what the reader's span says, until the text is there: the expressions are checked against the catalogue like all others.
const service = "the-service-of-the-span";
const answers = { service_name: service, span_kind: kinds.server };

const questions: readonly { readonly name: string; readonly asks: Operand }[] = [
  { name: "Requests per second", asks: sum(rate(select(calls, answers), "5m")) },
  {
    name: "Failed requests per second",
    asks: sum(rate(select(calls, { ...answers, status_code: statuses.error }), "5m")),
  },
  {
    name: "Slowest twentieth of the requests",
    asks: histogramQuantile(0.95, sum(rate(select(bucketsOf(duration), answers), "5m"), { by: ["le"] })),
  },
];

/**
 * What one asks of the service of a span: how many requests it answers, how many fail, how long they take.
 *
 * @param matcher Chooses the service: a variable of Grafana, or a whole matcher.
 */
export function questionsAboutSpans(matcher: string): readonly { readonly name: string; readonly query: string }[] {
  return questions.map(({ name, asks }) => ({
    name,
    query: printPromqlLine(asks).replaceAll(`service_name="${service}"`, () => matcher),
  }));
}
