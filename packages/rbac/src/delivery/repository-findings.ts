import type { Finding, Platform } from "@plinth/core";

/** What makes a repository of a team more than one repository, or the platform's own. */
export function repositoryFindings({ repository, teams }: Platform): Finding[] {
  return teams.flatMap(({ name, repositories, source }) =>
    repositories.flatMap((url, index): Finding[] => {
      const place = { ...(source === undefined ? {} : { source }), path: `teams[${name}].repositories[${index}]` };
      if (/[*?[\]{}!\\]/.test(url))
        return [
          {
            code: "invalid-field",
            severity: "error",
            ...place,
            message: `${JSON.stringify(url)} is a pattern to Argo CD, and may mean many repositories`,
            expected: "one repository in each entry",
            example: `"https://git.example.com/${name}/deployments"`,
          },
        ];
      if (sameRepository(url, repository.url))
        return [
          {
            code: "conflicting-fields",
            severity: "error",
            ...place,
            message: "is the platform's own repository: what is rendered for others would be the team's to deliver",
            expected: "a repository of the team's own",
            hint: `what is rendered for the team is delivered by the project plinth-${name} already`,
          },
        ];
      return repositories.slice(0, index).some((earlier) => sameRepository(earlier, url))
        ? [
            {
              code: "duplicate-name",
              severity: "error",
              ...place,
              message: `${JSON.stringify(url)} is in the list already`,
              expected: "each repository once",
            },
          ]
        : [];
    }),
  );
}

/** As Argo CD compares: neither case nor an ending in `.git` or a slash makes another repository (util/git, NormalizeGitURL). */
function sameRepository(a: string, b: string): boolean {
  const normal = (url: string): string =>
    url
      .toLowerCase()
      .replace(/\/+$/, "")
      .replace(/\.git$/, "");
  return normal(a) === normal(b);
}
