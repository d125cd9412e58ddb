import { type Document, type Environment, markdownTable, type Platform, tiers } from "@plinth/core";
import { type SpanFlow, samplingAssumptions, samplingEstimate } from "./estimate.ts";

/** A page for each environment: what of its traces is kept, and what that costs. */
export function samplingDocuments(platform: Platform): readonly Document[] {
  return platform.environments.map((environment) => ({
    path: `docs/telemetry/${environment.name}.md`,
    text: samplingPage(platform, environment),
  }));
}

function samplingPage(platform: Platform, environment: Environment): string {
  const estimate = samplingEstimate(platform, environment);
  const { services, undeclared, total } = estimate;
  const { bytesPerSpan, withoutPromise } = samplingAssumptions;
  return [
    `# Traces of ${environment.name}`,
    "",
    "## What is kept",
    "",
    keptTable(environment),
    "",
    ...(services.length === 0
      ? ["No service declares its traffic, so nothing can be said of what this costs."]
      : [
          "## What it costs",
          "",
          `An upper bound: each service is taken to use up what its promises allow, and ${percent(withoutPromise)} of the requests of a service without a promise are taken to fail, or to be slow. A span is taken to have ${bytesPerSpan} bytes. A trace is kept by the largest share among the services that it passes.`,
          "",
          markdownTable(
            [
              "Service",
              "Tier",
              "Requests/s",
              "Spans/request",
              "Slow from",
              "Errors",
              "Slow",
              "Share",
              "Spans/s in",
              "Spans/s out",
              "Kept",
            ],
            [
              ...services.map((service) => [
                service.service,
                service.tier,
                number(service.requestsPerSecond),
                number(service.spansPerRequest),
                service.slowFrom,
                percent(service.errors),
                percent(service.slow),
                percent(service.share),
                number(service.spansPerSecondIn),
                number(service.spansPerSecondOut),
                percent(service.kept),
              ]),
              [
                "**all**",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                number(total.spansPerSecondIn),
                number(total.spansPerSecondOut),
                percent(total.kept),
              ],
            ],
          ),
          "",
          `${gigabytes(total, "bytesPerDayIn")} a day come in, and ${gigabytes(total, "bytesPerDayOut")} a day are kept.`,
        ]),
    ...(undeclared.length === 0 || services.length === 0
      ? []
      : ["", `Not counted, because they do not declare their traffic: ${undeclared.join(", ")}.`]),
    "",
  ].join("\n");
}

function keptTable({ telemetry }: Environment): string {
  return markdownTable(
    ["Trace", "Kept"],
    [
      ["a span has the status ERROR", "always"],
      [`it took ${telemetry.slowerThan} or longer`, "always"],
      ["a service took longer than it promises", "always"],
      ...telemetry.keep.map(({ attribute, values }) => [`\`${attribute}\` is ${values.join(" or ")}`, "always"]),
      ...tiers.map((tier) => [`any other, through a service of the tier ${tier}`, `${telemetry.sampling[tier]} %`]),
      [
        "any other, through services that the model does not know",
        `${Math.min(...tiers.map((tier) => telemetry.sampling[tier]))} %`,
      ],
    ],
  );
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function percent(part: number): string {
  return `${number(part * 100)} %`;
}

function gigabytes(total: SpanFlow, field: "bytesPerDayIn" | "bytesPerDayOut"): string {
  return `${number(total[field] / 1e9)} GB`;
}
