import type { Finding } from "@plinth/core";
import type { Row } from "../model/dashboard.ts";
import type { ServiceRow, ServiceView } from "../service/service-row.ts";
import type { DescribedService, DescribedServiceOptions } from "./described-service.ts";
import { standaloneView } from "./standalone-view.ts";

/** A service of which everything is said: it has every row. */
const everything = {
  service: {
    name: "service",
    team: "team",
    promises: [{ kind: "availability", objective: 99 }],
  } satisfies DescribedService,
  options: {
    language: "java",
    answers: ["http", "grpc"],
    calls: ["other"],
    consumes: ["topic"],
  } satisfies DescribedServiceOptions,
};

interface Lack {
  readonly because: string;
  readonly expected: string;
  readonly example?: string;
}

/** What each row needs to know. */
const lacks: Readonly<Record<string, Lack>> = {
  requests: {
    because: "the service answers no requests",
    expected: "how it is asked",
    example: 'serviceDashboard(loyalty, [redRow()], { answers: ["grpc"] })',
  },
  messages: {
    because: "nobody said which topics the service reads",
    expected: "its topics",
    example: 'serviceDashboard(loyalty, [consumerRow()], { consumes: ["orders"] })',
  },
  dependencies: {
    because: "nobody said whom the service calls",
    expected: "the names of those services",
    example: 'serviceDashboard(loyalty, [dependencyRow()], { calls: ["payment"] })',
  },
  runtime: {
    because: "no instrumentation of the service's language is known that measures its runtime",
    expected: "the language, where it is one of java, kotlin, nodejs, dotnet, go",
    example: 'serviceDashboard(loyalty, [runtimeRow()], { language: "go" })',
  },
  slo: {
    because: "the service promises nothing that is counted",
    expected: "a promise",
    example: "promises: [availability(99.5)]",
  },
};

const unknownLack: Lack = {
  because: "it makes nothing of what the definition says",
  expected: "a row that suits the service",
};

/** Rows that somebody asked for and that have nothing to show, each with the reason. */
export function unmadeRows(
  rows: readonly (Row | ServiceRow)[],
  view: ServiceView,
  { name }: DescribedService,
): readonly Finding[] {
  return rows.flatMap((row, index): Finding[] => {
    if (typeof row !== "function" || row(view) !== undefined) return [];
    const { view: whole } = standaloneView(everything.service, everything.options);
    const made = whole === undefined ? undefined : row(whole);
    const { because, ...rest } = lacks[made?.id ?? ""] ?? unknownLack;
    return [
      {
        code: "without-effect",
        severity: "warning",
        path: `rows[${index}]`,
        message: `the row${made === undefined ? "" : ` ${JSON.stringify(made.title)}`} of ${name} shows nothing: ${because}`,
        ...rest,
      },
    ];
  });
}
