interface Memory<Result> {
  readonly deeper: WeakMap<object, Memory<Result>>;
  /** In a box: nothing may be a result, too. */
  known?: { readonly result: Result };
}

/**
 * The same function, computed once for the same things. What it is asked with is known by identity, and forgotten with it: a platform is frozen, so what is made
 * of it holds as long as it does.
 *
 * @example
 * const namesOf = once((platform: Platform) => platform.services.map(({ name }) => name));
 */
export function once<Subjects extends readonly object[], Result>(
  make: (...subjects: Subjects) => Result,
): (...subjects: Subjects) => Result {
  const root: Memory<Result> = { deeper: new WeakMap() };
  return (...subjects) => {
    let place = root;
    for (const subject of subjects) {
      const next: Memory<Result> = place.deeper.get(subject) ?? { deeper: new WeakMap() };
      place.deeper.set(subject, next);
      place = next;
    }
    place.known ??= { result: make(...subjects) };
    return place.known.result;
  };
}
