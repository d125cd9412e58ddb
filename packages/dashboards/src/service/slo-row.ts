import { parseDuration, promisesOf, type Service, type ServicePromise } from "@plinth/core";
import { linkedPanels, servedSpanKind } from "@plinth/metrics";
import { row } from "../model/row.ts";
import type { SloMatchers } from "../slo/budget-queries.ts";
import {
  budgetPanel,
  burnByWindowPanel,
  burnRatePanel,
  calendarPanel,
  promiseTable,
  sloDetailLink,
  sloOverviewLink,
} from "../slo/promise-panels.ts";
import type { ServiceRow, ServiceView } from "./service-row.ts";

const legend = "{{sloth_slo}}";

/** Whether anything counts what is promised: a service's requests are counted by their spans, unless the promise says otherwise. */
function isMeasured(promise: ServicePromise, service: Service): boolean {
  switch (promise.kind) {
    case "freshness":
      if (promise.lastSuccess !== undefined) return true;
      break;
    case "saturation":
    case "events":
    case "raw":
    case "plugin":
      return true;
  }
  return (promise.from ?? "span-metrics") !== "span-metrics" || servedSpanKind(service) !== undefined;
}

/** The promises of a service that something counts. */
export function measuredPromises(service: Service): readonly ServicePromise[] {
  return promisesOf(service).filter((promise) => isMeasured(promise, service));
}

/** The SLOs of a service in an environment. */
export function slosOf({ environment, service }: ServiceView): SloMatchers {
  return { environment: environment.name, sloth_service: service.name };
}

/**
 * What the service promises and how much of its error budget is left, from the rules that record each SLO: a line for each promise, burn over short and long
 * windows, the budget over time, and that of the month or quarter where a promise has one. None for a service that promises nothing, or whose work cannot be counted.
 *
 * @see https://sloth.dev/introduction/architecture/
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), service: serviceNamed(platform, "checkout") };
 * sloRow()(view)?.panels.map(({ title }) => title); // ["Promises", "Burn rate", "Burn by window", "Error budget left"]
 */
export function sloRow(): ServiceRow {
  return (view) => {
    const promises = measuredPromises(view.service);
    if (promises.length === 0) return undefined;
    const of = slosOf(view);
    const calendar = promises.some((promise) => promise.calendar !== undefined);
    const width = calendar ? 6 : 8;
    const drawn = { legend, width };
    return row(
      "Promises and error budget",
      [
        promiseTable(of, {
          service: view.service.name,
          height: 3 + promises.length,
          links: [sloOverviewLink],
        }),
        burnRatePanel(of, { ...drawn, id: linkedPanels.burnRate.panel, links: detailLinks(view.service, promises) }),
        burnByWindowPanel(of, { ...drawn, legend: `${legend} {{sloth_window}}` }, fastAndSlow(promises)),
        budgetPanel(of, drawn),
        ...(calendar ? [calendarPanel(of, drawn)] : []),
      ],
      { id: linkedPanels.burnRate.row },
    );
  };
}

/** The long windows of the alert that wakes somebody; of another period than a month, whose windows are others, all of them. */
function fastAndSlow(promises: readonly ServicePromise[]): readonly string[] {
  const months = new Set([undefined, parseDuration("28d"), parseDuration("30d")]);
  const ofMonths = promises.every(({ period }) => months.has(period === undefined ? undefined : parseDuration(period)));
  return ofMonths ? ["1h", "6h"] : [];
}

function detailLinks({ name }: Service, promises: readonly ServicePromise[]): ReturnType<typeof sloDetailLink>[] {
  return promises.map((promise) => ({
    ...sloDetailLink(name, promise.name),
    title: `SLO ${promise.name}`,
  }));
}
