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
  readonly routes?: readonly AlertmanagerRoute[];
}

/** While a source fires, targets that are equal to it in the labels of `equal` are not sent. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal?: readonly string[];
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
  readonly links: readonly { readonly href: string; readonly text: string }[];
}

export interface SlackConfig {
  readonly send_resolved: boolean;
  readonly api_url_file: string;
  readonly channel: string;
  readonly title: string;
  readonly title_link: string;
  readonly text: string;
}

export interface EmailConfig {
  readonly send_resolved: boolean;
  readonly to: string;
}

export interface WebhookConfig {
  readonly send_resolved: boolean;
  readonly url_file: string;
}
