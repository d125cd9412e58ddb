/** A change to a dashboard's JSON, for tests that break one thing. */
export interface Change {
  readonly description: string;
  readonly apply: (text: string) => string;
}

/** The text after the changes. */
export function changed(text: string, ...changes: readonly Change[]): string {
  return changes.reduce((before, { apply }) => apply(before), text);
}

/** Gives the member at a path (`panels[1].title`) a value. */
export function set(path: string, value: unknown): Change {
  const said = JSON.stringify(value);
  return edit(`${path} = ${said.length > 80 ? `${said.length} characters` : said}`, path, (parent, key) =>
    Reflect.set(parent, key, value),
  );
}

/** Removes the member at a path. */
export function drop(path: string): Change {
  return edit(`no ${path}`, path, (parent, key) => Reflect.deleteProperty(parent, key));
}

/** Adds a member to the list at a path. */
export function push(path: string, value: unknown): Change {
  return edit(`one more of ${path}`, path, (parent, key) => {
    const list: unknown = Reflect.get(parent, key);
    if (!Array.isArray(list)) throw new TypeError(`${path} is no list`);
    list.push(value);
  });
}

/** Writes something else wherever a text stands. */
export function replace(found: string, instead: string): Change {
  return { description: `${found} written as ${instead}`, apply: (text) => text.replaceAll(found, instead) };
}

function edit(description: string, path: string, change: (parent: object, key: string) => void): Change {
  return {
    description,
    apply: (text) => {
      const json: unknown = JSON.parse(text);
      const keys = path.match(/[^.[\]]+/g) ?? [];
      const parent = keys
        .slice(0, -1)
        .reduce((value: unknown, key) => (isObject(value) ? Reflect.get(value, key) : undefined), json);
      if (!isObject(parent)) throw new TypeError(`there is no ${path}`);
      change(parent, keys.at(-1) ?? "");
      return JSON.stringify(json);
    },
  };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
