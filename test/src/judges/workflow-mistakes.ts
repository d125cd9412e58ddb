/** A mistake in the workflow for pull requests that its reader must notice. */
export interface WorkflowMistake {
  readonly name: string;
  readonly change: (text: string) => string;
}

const firstStep = "      - name: rendered/ is what platform/ says\n";

/** Mistakes that people make in workflows; the first three let a stranger run code, or fail only once the pull request is open. */
export const workflowMistakes: readonly WorkflowMistake[] = [
  {
    name: "a title that a stranger writes, in a script",
    change: (text) =>
      text.replace(firstStep, `      - run: echo "\${{ github.event.pull_request.title }}"\n${firstStep}`),
  },
  {
    name: "a branch name that a stranger chooses, in a script",
    change: (text) => text.replace(firstStep, `      - run: git diff \${{ github.head_ref }}\n${firstStep}`),
  },
  {
    name: "a permission that does not exist",
    change: (text) => text.replace("pull-requests: write", "comments: write"),
  },
  { name: "an event that does not exist", change: (text) => text.replace("  pull_request:\n", "  pull_requests:\n") },
  { name: "a need for a job that is not there", change: (text) => text.replace("needs: check", "needs: checks") },
  {
    name: "a condition on something that is never set",
    change: (text) => text.replaceAll("github.event_name == 'pull_request'", "github.event_nam == 'pull_request'"),
  },
  {
    name: "a step that does two things",
    change: (text) =>
      text.replace(
        "        run: |\n          mkdir",
        "        uses: actions/cache@v4\n        run: |\n          mkdir",
      ),
  },
  { name: "a key that stands nowhere", change: (text) => text.replace("timeout-minutes: 15", "timeout: 15") },
];
