// Objects of OpenSLO v1, as far as they are written here. https://github.com/OpenSLO/OpenSLO/blob/main/README.md#object-types

/** Any object of OpenSLO v1 that is written here. */
export type OpenSloObject = OpenSloService | OpenSloDataSource | OpenSloAlertNotificationTarget | OpenSloSlo;

export interface OpenSloMetadata {
  /** A DNS label. */
  readonly name: string;
  /** At most 63 characters. */
  readonly displayName?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface OpenSloService {
  readonly apiVersion: "openslo/v1";
  readonly kind: "Service";
  readonly metadata: OpenSloMetadata;
  readonly spec: { readonly description?: string };
}

export interface OpenSloDataSource {
  readonly apiVersion: "openslo/v1";
  readonly kind: "DataSource";
  readonly metadata: OpenSloMetadata;
  readonly spec: { readonly type: string; readonly connectionDetails: { readonly url: string } };
}

export interface OpenSloAlertNotificationTarget {
  readonly apiVersion: "openslo/v1";
  readonly kind: "AlertNotificationTarget";
  readonly metadata: OpenSloMetadata;
  readonly spec: { readonly description?: string; readonly target: string };
}

export interface OpenSloSlo {
  readonly apiVersion: "openslo/v1";
  readonly kind: "SLO";
  readonly metadata: OpenSloMetadata;
  readonly spec: {
    readonly description?: string;
    readonly service: string;
    readonly indicator: { readonly metadata: OpenSloMetadata; readonly spec: { readonly ratioMetric: OpenSloRatio } };
    readonly budgetingMethod: "Occurrences";
    readonly timeWindow: readonly { readonly duration: string; readonly isRolling: true }[];
    readonly objectives: readonly { readonly displayName: string; readonly targetPercent: number }[];
    readonly alertPolicies?: readonly OpenSloAlertPolicy[];
  };
}

/** Bad events of all, or the share of bad events itself. */
export type OpenSloRatio =
  | { readonly counter: boolean; readonly bad: OpenSloMetric; readonly total: OpenSloMetric }
  | { readonly counter: boolean; readonly rawType: "failure"; readonly raw: OpenSloMetric };

export interface OpenSloMetric {
  readonly metricSource: {
    readonly metricSourceRef?: string;
    readonly type: "Prometheus";
    readonly spec: { readonly query: string };
  };
}

export interface OpenSloAlertPolicy {
  readonly kind: "AlertPolicy";
  readonly metadata: OpenSloMetadata;
  readonly spec: {
    readonly description?: string;
    readonly alertWhenBreaching: true;
    readonly alertWhenResolved: true;
    /** Exactly one. */
    readonly conditions: readonly OpenSloAlertCondition[];
    readonly notificationTargets: readonly { readonly targetRef: string }[];
  };
}

export interface OpenSloAlertCondition {
  readonly kind: "AlertCondition";
  readonly metadata: OpenSloMetadata;
  readonly spec: {
    readonly description: string;
    readonly severity: "page" | "ticket";
    readonly condition: {
      readonly kind: "burnrate";
      readonly op: "gt";
      readonly threshold: number;
      readonly lookbackWindow: string;
    };
  };
}
