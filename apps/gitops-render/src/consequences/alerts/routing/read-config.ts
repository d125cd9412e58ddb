import {
  type AlertmanagerConfig,
  type AlertmanagerRoute,
  type InhibitRule,
  type NamedTimeInterval,
  parseMatcher,
  type Receiver,
  type TimeInterval,
} from "@plinth/alerts";
import { fieldAt, isRecord, listAt, readYamlDocuments, textAt, textMapAt, textsAt } from "@plinth/core";

/** `alertmanager.yaml` as the routing evaluators read it; `undefined` where they cannot: no YAML, no root route, a matcher that nobody reads. */
export function readAlertmanagerConfig(text: string): AlertmanagerConfig | undefined {
  const { documents = [] } = readYamlDocuments(text);
  const [document] = documents;
  if (!isRecord(document) || !isRecord(document.route)) return undefined;
  const config: AlertmanagerConfig = {
    route: routeOf(document.route),
    receivers: listAt(document, "receivers").map(receiverOf),
    inhibit_rules: listAt(document, "inhibit_rules").map(inhibitRuleOf),
    time_intervals: [...listAt(document, "time_intervals"), ...listAt(document, "mute_time_intervals")].map(intervalOf),
  };
  return matchersOf(config).every((matcher) => parseMatcher(matcher) !== undefined) ? config : undefined;
}

function routeOf(route: unknown): AlertmanagerRoute {
  const has = (field: string): boolean => fieldAt(route, field) !== undefined;
  return {
    ...(has("receiver") ? { receiver: textAt(route, "receiver") } : {}),
    matchers: [
      ...textsAt(route, "matchers"),
      ...matchersOfMap(route, "match", "="),
      ...matchersOfMap(route, "match_re", "=~"),
    ],
    ...(fieldAt(route, "continue") === true ? { continue: true } : {}),
    ...(has("group_by") ? { group_by: textsAt(route, "group_by") } : {}),
    ...(has("group_wait") ? { group_wait: textAt(route, "group_wait") } : {}),
    ...(has("group_interval") ? { group_interval: textAt(route, "group_interval") } : {}),
    ...(has("repeat_interval") ? { repeat_interval: textAt(route, "repeat_interval") } : {}),
    ...(has("mute_time_intervals") ? { mute_time_intervals: textsAt(route, "mute_time_intervals") } : {}),
    ...(has("active_time_intervals") ? { active_time_intervals: textsAt(route, "active_time_intervals") } : {}),
    routes: listAt(route, "routes").map(routeOf),
  };
}

/** The older way to write matchers. */
function matchersOfMap(value: unknown, field: string, operator: string): readonly string[] {
  return Object.entries(textMapAt(value, field)).map(([label, text]) => `${label}${operator}${JSON.stringify(text)}`);
}

function inhibitRuleOf(rule: unknown): InhibitRule {
  return {
    source_matchers: [...textsAt(rule, "source_matchers"), ...matchersOfMap(rule, "source_match", "=")],
    target_matchers: [...textsAt(rule, "target_matchers"), ...matchersOfMap(rule, "target_match", "=")],
    equal: textsAt(rule, "equal"),
  };
}

/** Who is told, without what the message says. Kinds that Plinth does not write are webhooks to whoever they name. */
function receiverOf(receiver: unknown): Receiver {
  const others = (isRecord(receiver) ? Object.entries(receiver) : []).flatMap(([field, configs]) =>
    field.endsWith("_configs") && !known.has(field) && Array.isArray(configs) && configs.length > 0
      ? [{ send_resolved: true, url_file: field.replace("_configs", "") }]
      : [],
  );
  return {
    name: textAt(receiver, "name"),
    pagerduty_configs: listAt(receiver, "pagerduty_configs").map((config) => ({
      send_resolved: true,
      routing_key_file: textAt(config, "routing_key_file") || textAt(config, "service_key_file"),
      description: "",
      severity: "",
      class: "",
      group: "",
      links: [],
    })),
    slack_configs: listAt(receiver, "slack_configs").map((config) => ({
      send_resolved: true,
      api_url_file: textAt(config, "api_url_file"),
      channel: textAt(config, "channel"),
      title: "",
      title_link: "",
      text: "",
    })),
    email_configs: listAt(receiver, "email_configs").map((config) => ({
      send_resolved: true,
      to: textAt(config, "to"),
    })),
    webhook_configs: [
      ...listAt(receiver, "webhook_configs").map((config) => ({
        send_resolved: true,
        url_file: textAt(config, "url_file"),
      })),
      ...others,
    ],
  };
}

const known: ReadonlySet<string> = new Set(["pagerduty_configs", "slack_configs", "email_configs", "webhook_configs"]);

function intervalOf(interval: unknown): NamedTimeInterval {
  return { name: textAt(interval, "name"), time_intervals: listAt(interval, "time_intervals").map(timeIntervalOf) };
}

function timeIntervalOf(interval: unknown): TimeInterval {
  const lists = (["weekdays", "days_of_month", "months", "years"] as const).flatMap((field) => {
    const texts = listAt(interval, field).map(String);
    return texts.length === 0 ? [] : [[field, texts] as const];
  });
  const times = listAt(interval, "times").map((time) => ({
    start_time: textAt(time, "start_time"),
    end_time: textAt(time, "end_time"),
  }));
  const location = textAt(interval, "location");
  return {
    ...Object.fromEntries(lists),
    ...(times.length === 0 ? {} : { times }),
    ...(location === "" ? {} : { location }),
  };
}

function matchersOf({ route, inhibit_rules = [] }: AlertmanagerConfig): readonly string[] {
  return [
    ...matchersBelow(route),
    ...inhibit_rules.flatMap(({ source_matchers, target_matchers }) => [...source_matchers, ...target_matchers]),
  ];
}

/** The matchers of a route and of those below it. */
export function matchersBelow({ matchers = [], routes = [] }: AlertmanagerRoute): readonly string[] {
  return [...matchers, ...routes.flatMap(matchersBelow)];
}
