import { type Document, emitYaml, type Resource } from "@plinth/core";

/** Objects under a title, or the YAML of them. */
type PageExample = { readonly title: string } & (
  | { readonly resources: readonly Resource[] }
  | { readonly yaml: string }
);

/** What a page says about a policy that changes, makes or deletes objects. */
export interface ChangePage {
  readonly name: string;
  readonly title: string;
  readonly sort: "Mutation" | "Generator" | "Clean-up";
  readonly what: string;
  readonly why: string;
  /** How to have it otherwise: one sentence. */
  readonly keepYourOwn: string;
  readonly where: readonly { readonly environment: string; readonly what: string }[];
  readonly examples: readonly PageExample[];
}

/** The page about one policy. */
export function changePage({ name, title, sort, what, why, keepYourOwn, where, examples }: ChangePage): Document {
  return {
    path: `docs/policies/${name}.md`,
    text: [
      `# ${title}`,
      "",
      `\`${name}\` · ${sort}`,
      "",
      "## What it does",
      "",
      what,
      "",
      "## Why",
      "",
      why,
      "",
      "## How to have it otherwise",
      "",
      keepYourOwn,
      "",
      "## Where",
      "",
      "| Environment | |",
      "| --- | --- |",
      ...where.map((row) => `| ${row.environment} | ${row.what} |`),
      "",
      ...examples.flatMap((example) => [
        `## ${example.title}`,
        "",
        "```yaml",
        ("yaml" in example
          ? example.yaml
          : example.resources.map((resource) => emitYaml(resource)).join("---\n")
        ).trimEnd(),
        "```",
        "",
      ]),
    ].join("\n"),
  };
}

/** The page that links to all of one sort. */
export function changeIndex(
  { name, title, text }: { readonly name: string; readonly title: string; readonly text: string },
  listed: readonly Pick<ChangePage, "name" | "title" | "what">[],
): readonly Document[] {
  if (listed.length === 0) return [];
  const rows = listed.map((each) => `| [${each.title}](${each.name}.md) | ${each.what} |`);
  return [
    {
      path: `docs/policies/${name}.md`,
      text: [`# ${title}`, "", text, "", "| Policy | What it does |", "| --- | --- |", ...rows, ""].join("\n"),
    },
  ];
}
