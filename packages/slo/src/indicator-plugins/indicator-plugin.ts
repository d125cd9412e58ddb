/** An option of a plugin, by the name that a specification gives it. */
export interface PluginOption {
  readonly name: string;
  readonly required?: true;
  readonly kind: PluginOptionKind;
}

/**
 * `filter`: matchers as in a selector, with or without braces. `equalities`: the same, but only `label="value"`. `bucket`: an upper bound of a histogram's bucket.
 * `regex`: a regular expression. `boolean`: true or false. `text`: anything that is not blank.
 */
export type PluginOptionKind = "filter" | "equalities" | "bucket" | "regex" | "boolean" | "text";

/** Options whose values have been read: matchers as a list, the rest as they are. */
export interface PluginValues {
  /** Matchers of the option `filter`. */
  readonly filter: readonly string[];
  /** The value of an option; empty where it was not given. */
  text(name: string): string;
  /** Whether an option is true. */
  flag(name: string): boolean;
}

/** Something that can be measured in one way everywhere: an id, what it wants to know, and the share of bad events over `{{.window}}`. */
export interface IndicatorPlugin {
  /** `sloth-common/coredns/availability` */
  readonly id: string;
  readonly options: readonly PluginOption[];
  /** PromQL: the share of bad events. */
  errorRatio(values: PluginValues): string;
}
