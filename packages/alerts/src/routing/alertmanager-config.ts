/**
 * The part of `alertmanager.yaml` that Plinth writes and evaluates, in the words of the file itself.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 */
export interface AlertmanagerConfig {
  readonly global?: AlertmanagerGlobal;
  readonly route: AlertmanagerRoute;
  readonly inhibit_rules?: readonly InhibitRule[];
  readonly receivers: readonly Receiver[];
  /** Times that routes name. */
  readonly time_intervals?: readonly NamedTimeInterval[];
  /** Files of notification templates. */
  readonly templates?: readonly string[];
}

/** What all receivers share. Secrets are named by file, never written. */
export interface AlertmanagerGlobal {
  readonly resolve_timeout?: string;
  readonly smtp_smarthost?: string;
  readonly smtp_from?: string;
  readonly smtp_auth_username?: string;
  readonly smtp_auth_password_file?: string;
  readonly smtp_require_tls?: boolean;
}

/** A node of the routing tree. What it does not say it takes from its parent. */
export interface AlertmanagerRoute {
  /** Required at the root. */
  readonly receiver?: string;
  /** All must hold. None at the root. */
  readonly matchers?: readonly string[];
  /** Go on to the next sibling after a match. @default false */
  readonly continue?: boolean;
  /** Alerts that are equal in these labels come in one message. */
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  /** Nobody is told at these times: names of `time_intervals`. Not for the root, and not inherited. */
  readonly mute_time_intervals?: readonly string[];
  /** Somebody is told at these times only. Not for the root, and not inherited. */
  readonly active_time_intervals?: readonly string[];
  readonly routes?: readonly AlertmanagerRoute[];
}

/** While a source fires, targets that are equal to it in the labels of `equal` are not sent. */
export interface InhibitRule {
  /** Says in logs and metrics which rule it was. */
  readonly name?: string;
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal?: readonly string[];
}

/** Times by name: any of them. */
export interface NamedTimeInterval {
  readonly name: string;
  readonly time_intervals: readonly TimeInterval[];
}

/**
 * Minutes that are in each of the lists that are given; a list that is left out takes every minute.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/#time_interval-0
 */
export interface TimeInterval {
  /** `08:00` to `18:00`: the last minute is no longer part of it. `24:00` is the end of the day. */
  readonly times?: readonly { readonly start_time: string; readonly end_time: string }[];
  /** `monday:friday`, or one day. */
  readonly weekdays?: readonly string[];
  /** `1:5`, or one; `-1` is the last day of the month. */
  readonly days_of_month?: readonly string[];
  /** `1:3`, `january:march`, or one. */
  readonly months?: readonly string[];
  /** `2026:2027`, or one. */
  readonly years?: readonly string[];
  /** IANA name. @default UTC */
  readonly location?: string;
}

export interface Receiver {
  readonly name: string;
  readonly pagerduty_configs?: readonly PagerDutyConfig[];
  readonly slack_configs?: readonly SlackConfig[];
  readonly email_configs?: readonly EmailConfig[];
  readonly webhook_configs?: readonly WebhookConfig[];
}

export interface PagerDutyConfig {
  readonly send_resolved: boolean;
  readonly routing_key_file: string;
  readonly description: string;
  readonly severity: string;
  readonly class: string;
  readonly group: string;
  /** What the incident shows beside its title. */
  readonly details?: Readonly<Record<string, string>>;
  readonly links: readonly { readonly href: string; readonly text: string }[];
}

export interface SlackConfig {
  readonly send_resolved: boolean;
  readonly api_url_file: string;
  readonly channel: string;
  readonly color?: string;
  /** What is shown where nothing else can be: a notification of the phone. */
  readonly fallback?: string;
  readonly title: string;
  readonly title_link: string;
  readonly text: string;
}

export interface EmailConfig {
  readonly send_resolved: boolean;
  readonly to: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly html?: string;
  readonly text?: string;
}

export interface WebhookConfig {
  readonly send_resolved: boolean;
  readonly url_file: string;
}
