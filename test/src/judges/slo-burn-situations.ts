/** What happens to a service, and which alerts of one objective then fire. */
export interface BurnSituation {
  readonly name: string;
  /** For each minute the share of bad events; `undefined`: no traffic at all. An empty list: no series. */
  readonly traffic: readonly (number | undefined)[];
  /** True when it happens in another environment. */
  readonly elsewhere?: true;
  readonly checks: readonly { readonly minute: number; readonly page: boolean; readonly ticket: boolean }[];
}

/**
 * Burn rates above which 2 % of 30 days' budget are gone in an hour and 5 % in six hours (page), 10 % in three days (ticket).
 *
 * @see https://sre.google/workbook/alerting-on-slos/#recommended_parameters_for_an_slo_based_alerting_configuration
 */
const burnRates = { quickPage: 14.4, slowPage: 6, slowTicket: 1 } as const;

const hour = 60;

/** The situations of an objective in percent. */
export function burnSituations(objective: number): readonly BurnSituation[] {
  const budget = 1 - objective / 100;
  return [
    ...steadySituations(budget),
    ...outages(budget),
    quiet("no series at all", []),
    quiet("traffic that has ceased", lasting(hour, undefined)),
    { ...quiet("an outage of another environment", lasting(hour, 1)), elsewhere: true },
  ];
}

/** The same share of bad events from the first on: however long a window looks back, it sees that share. */
function steadySituations(budget: number): readonly BurnSituation[] {
  const shares = [
    { name: "nothing goes wrong", share: 0 },
    { name: "90 % of what is allowed goes wrong", share: 0.9 * budget },
    { name: "the budget burns 1.5 times too fast", share: 1.5 * budget },
    { name: "the budget burns 5 times too fast", share: 5 * budget },
    { name: "the budget burns 7 times too fast", share: 7 * budget },
    { name: "20 % go wrong", share: 0.2 },
    { name: "all goes wrong", share: 1 },
  ];
  return shares
    .filter(({ share }) => share <= 1)
    .map(({ name, share }) => ({
      name,
      traffic: lasting(hour, share),
      checks: [
        { minute: 10, page: share > burnRates.slowPage * budget, ticket: share > burnRates.slowTicket * budget },
        { minute: hour, page: share > burnRates.slowPage * budget, ticket: share > burnRates.slowTicket * budget },
      ],
    }));
}

/** An hour in which all goes wrong, after and before good ones; for budgets that an outage burns faster than the quick page allows. */
function outages(budget: number): readonly BurnSituation[] {
  // Of the last hour this many minutes make the share that pages; two more for the sampling of the counters.
  const pagesAfter = Math.ceil(burnRates.quickPage * budget * hour) + 2;
  if (pagesAfter > hour) return [];
  const begins = hour;
  const ends = begins + hour;
  return [
    {
      name: `an outage, which pages after ${pagesAfter} minutes, and its end`,
      traffic: [...lasting(begins, 0), ...lasting(hour, 1), ...lasting(hour, 0)],
      checks: [
        { minute: begins, page: false, ticket: false },
        { minute: begins + pagesAfter, page: true, ticket: true },
        { minute: ends, page: true, ticket: true },
        // The short windows of the page, 5 and 30 minutes, are clean; that of the ticket, two hours, is not.
        { minute: ends + 32, page: false, ticket: true },
      ],
    },
  ];
}

function quiet(name: string, traffic: BurnSituation["traffic"]): BurnSituation {
  return {
    name,
    traffic,
    checks: [10, hour].map((minute) => ({ minute, page: false, ticket: false })),
  };
}

function lasting(minutes: number, share: number | undefined): readonly (number | undefined)[] {
  return Array.from({ length: minutes }, () => share);
}
