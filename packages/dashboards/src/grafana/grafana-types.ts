/**
 * A type of Grafana's builders as it stands in JSON: enums as their texts, no functions. So that an options object is checked against
 * Grafana's own type of the panel kind without loading that kind's module: each of them loads both schemas of dashboards.
 */
export type Plain<Type> = Type extends string
  ? `${Type}`
  : Type extends (...parameters: never[]) => unknown
    ? never
    : Type extends object
      ? {
          readonly [Key in keyof Type as Type[Key] extends (...parameters: never[]) => unknown ? never : Key]: Plain<
            Type[Key]
          >;
        }
      : Type;
