import { type AlertmanagerConfig, compareRouting, type Delivery, deliveriesOf, type Receiver } from "@plinth/alerts";
import type { TreeComparison } from "../../../comparison/tree-comparison.ts";
import type { Consequence } from "../../consequence.ts";
import { type About, about } from "../../whole/about.ts";
import { listed } from "../../whole/pairs.ts";
import { toldChanges } from "../../whole/told-changes.ts";
import { wholeIn } from "../../whole/whole.ts";
import { type AlikeAlerts, alikeAlerts } from "./alert-labels.ts";
import { inhibitionChanges } from "./inhibition-changes.ts";
import { rhythmText } from "./rhythm.ts";
import { addressesOf, pages, routingIn, routingOf } from "./routing-in.ts";
import { anyOf, hoursOf, sentIn, singleDaysText, timesText } from "./told-times.ts";

/** Who is told of the alerts that stay, when, and how often, in one environment. */
export function routingChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  const changed = toldChanges(comparison, environment, "Secret", "ConfigMap").filter(({ before, after }) =>
    [before, after].some((object) => object !== undefined && routingOf(object) !== undefined),
  );
  if (changed.length === 0) return [];
  const base = about(environment, ...changed);
  const was = routingIn(comparison.before, environment);
  const is = routingIn(comparison.after, environment);
  if (was === undefined || is === undefined) {
    const fate = was === undefined ? "added" : "removed";
    const text = fate === "added" ? "are routed to people" : "reach nobody: there is no routing";
    return [{ rule: `alert-routing-${fate}`, ...base, subject: "alerts", text, details: [] }];
  }
  if (was.config === undefined || is.config === undefined) {
    const text = "go to people that cannot be told: the routing cannot be read";
    return [{ rule: "alert-routing-unread", ...base, subject: "alerts", text, details: [] }];
  }
  const { config: before } = was;
  const { config: after } = is;
  const whole = wholeIn(comparison, environment);
  const alerts = alikeAlerts(
    comparison.before,
    comparison.after,
    environment,
    [before, after],
    (namespace) => !whole.ownsTeam(namespace.replace(/^team-/, "")),
  );
  return [
    ...together(
      base,
      alerts.flatMap((alike) => toldChange(before, after, alike)),
    ),
    ...inhibitionChanges(base, before, after, alerts, whole),
  ];
}

/** What becomes of some alerts. */
interface Told {
  readonly rule: Consequence["rule"];
  readonly text: string;
  readonly alike: AlikeAlerts;
  /** Names of those who are told, on either side. */
  readonly people: readonly string[];
}

function toldChange(before: AlertmanagerConfig, after: AlertmanagerConfig, alike: AlikeAlerts): readonly Told[] {
  const [change] = compareRouting(before, after, [alike.labels]);
  const was = tellingReceivers(before, alike);
  const is = tellingReceivers(after, alike);
  const people = [...was, ...is].flatMap(({ receiver }) => addressesOf(receiver));
  if (change === undefined) {
    return was.length === 0
      ? []
      : [...timeChanges(before, after, was, is), ...rhythmChange(was, is)].map((told) => ({ ...told, alike, people }));
  }
  const [paged, pagesNow] = [was, is].map((list) =>
    placesOf(
      list.filter(({ receiver }) => pages(receiver)),
      true,
    ),
  );
  const [told, tellsNow] = [placesOf(was), placesOf(is)];
  // A receiver by another name that tells the same people.
  if (told === tellsNow) return [];
  const [rule, text] = whoText({ paged: paged ?? "", pagesNow: pagesNow ?? "", told, tellsNow });
  return [{ rule: switchRule(alike, rule), text, alike, people }];
}

/** Who hears of nothing but the Watchdog hears when alerting is dead. */
function switchRule({ names }: AlikeAlerts, rule: Consequence["rule"]): Consequence["rule"] {
  if (names.join() !== "Watchdog") return rule;
  if (rule === "told-no-more" || rule === "paged-no-more") return "dead-mans-switch-removed";
  return rule === "told-newly" || rule === "paged-newly" ? "dead-mans-switch-added" : rule;
}

function whoText(who: {
  readonly paged: string;
  readonly pagesNow: string;
  readonly told: string;
  readonly tellsNow: string;
}): readonly [Consequence["rule"], string] {
  const { paged, pagesNow, told, tellsNow } = who;
  const instead = tellsNow === "" ? "nobody is told" : `${tellsNow} ${severalAre(tellsNow, "is", "are")} told`;
  const wasInstead = told === "" ? "nobody was told" : `${told} ${severalAre(told, "was", "were")} told`;
  if (paged !== "" && pagesNow === "")
    return [
      "paged-no-more",
      `page nobody any more: ${instead}, and ${paged} ${severalAre(paged, "was", "were")} paged`,
    ];
  if (paged === "" && pagesNow !== "") return ["paged-newly", `page ${pagesNow}; before, ${wasInstead}`];
  if (paged !== pagesNow) return ["pages-somebody-else", `page ${pagesNow}, not ${paged}`];
  if (tellsNow === "") return ["told-no-more", `tell nobody any more; ${wasInstead}`];
  if (told === "") return ["told-newly", `tell ${tellsNow}; before, nobody was told`];
  return ["tells-somebody-else", `tell ${tellsNow}, not ${told}`];
}

function severalAre(places: string, one: string, many: string): string {
  return places.includes(" and ") ? many : one;
}

interface Telling {
  readonly delivery: Delivery;
  readonly receiver: Receiver;
}

function tellingReceivers(config: AlertmanagerConfig, { labels }: AlikeAlerts): readonly Telling[] {
  return deliveriesOf(config, labels).flatMap((delivery) =>
    config.receivers
      .filter((receiver) => receiver.name === delivery.receiver && addressesOf(receiver).length > 0)
      .map((receiver) => ({ delivery, receiver })),
  );
}

/** `PagerDuty ml and #team-ml`; of pagers alone where they alone are asked for. */
function placesOf(list: readonly Telling[], pagersAlone = false): string {
  const places = list.flatMap(({ receiver }) =>
    addressesOf(pagersAlone ? { name: receiver.name, pagerduty_configs: receiver.pagerduty_configs ?? [] } : receiver),
  );
  return listed([...new Set(places)].sort());
}

type Change = Pick<Told, "rule" | "text">;

function timeChanges(
  before: AlertmanagerConfig,
  after: AlertmanagerConfig,
  was: readonly Telling[],
  is: readonly Telling[],
): readonly Change[] {
  const texts = (config: AlertmanagerConfig, list: readonly Telling[]): string =>
    list.map(({ delivery }) => timesText(config, delivery)).join();
  if (texts(before, was) === texts(after, is)) return [];
  const pager = [...was, ...is].some(({ receiver }) => pages(receiver));
  const hours = (config: AlertmanagerConfig, list: readonly Telling[]): number =>
    hoursOf(anyOf(list.map(({ delivery }) => sentIn(config, delivery))));
  const [from, to] = [hours(before, was), hours(after, is)];
  if (from !== to) {
    const rule = `${pager ? "paged" : "told"}-at-${to < from ? "fewer" : "more"}-times` as const;
    return [{ rule, text: `${pager ? "page" : "tell"} somebody ${hoursText(to)}, not ${hoursText(from)}` }];
  }
  const each = (config: AlertmanagerConfig, list: readonly Telling[]): string =>
    listed(
      list.map(
        ({ delivery, receiver }) =>
          `${placesOf([{ delivery, receiver }])} ${hoursText(hoursOf(sentIn(config, delivery)))}`,
      ),
    );
  const [eachWas, eachIs] = [each(before, was), each(after, is)];
  if (eachWas !== eachIs) return [{ rule: "told-at-other-times", text: `tell ${eachIs}, not ${eachWas}` }];
  const weeks = (config: AlertmanagerConfig, list: readonly Telling[]): string =>
    JSON.stringify(list.map(({ delivery }) => sentIn(config, delivery)));
  if (weeks(before, was) !== weeks(after, is))
    return [{ rule: "told-at-other-times", text: "tell the same people at other hours of the week" }];
  // Hours that are quiet anyway may be said to be quiet once more.
  const days = (config: AlertmanagerConfig, list: readonly Telling[]): string =>
    list.map(({ delivery }) => singleDaysText(config, delivery)).join();
  return days(before, was) === days(after, is)
    ? []
    : [{ rule: "told-at-other-times", text: "are quiet on other single days" }];
}

function hoursText(hours: number): string {
  return hours === 168 ? "at any time" : `${hours} h a week`;
}

function rhythmChange(was: readonly Telling[], is: readonly Telling[]): readonly Change[] {
  const [before, after] = [was, is].map((list) => list.map(({ delivery }) => delivery));
  const text = rhythmText(before ?? [], after ?? []);
  return text === "" ? [] : [{ rule: "notification-rhythm-changed", text }];
}

/** What is true of several alerts is said once. */
function together(base: About, told: readonly Told[]): readonly Consequence[] {
  const groups = new Map<string, Told[]>();
  for (const each of told) {
    const key = [each.rule, each.alike.labels.severity ?? "", each.text].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((group): readonly Consequence[] => {
    const [first] = group;
    if (first === undefined) return [];
    const names = [...new Set(group.flatMap(({ alike }) => alike.names))].sort();
    const teams = [...new Set(group.flatMap(({ alike }) => alike.teams))].sort();
    const [team] = teams;
    const people = new Set(
      group.flatMap((each) => each.people.map((place) => place.replace(/^PagerDuty |^#team-/, ""))),
    );
    const concerns = [...new Set([...teams, ...people])]
      .filter((each) => teams.includes(each) || /^[a-z0-9-]+$/.test(each))
      .sort();
    return [
      {
        rule: first.rule,
        ...base,
        ...(teams.length === 1 && team !== undefined ? { team } : {}),
        ...(concerns.length === 0 ? {} : { concerns }),
        subject: subjectOf(names, teams, first.alike.labels.severity),
        text: first.text,
        details: names,
      },
    ];
  });
}

function subjectOf(names: readonly string[], teams: readonly string[], severity: string | undefined): string {
  const [name] = names;
  if (names.length === 1 && name !== undefined && teams.length < 2) return `alerts ${name}`;
  const whose = teams.length === 0 ? "" : teams.length < 4 ? ` of ${listed(teams)}` : ` of ${teams.length} teams`;
  return `${severity === undefined ? "" : `${severity} `}alerts${whose}`;
}
