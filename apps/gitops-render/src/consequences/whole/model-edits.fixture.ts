import {
  type Component,
  type EnvironmentInput,
  type PlatformInput,
  plan,
  type ServiceInput,
  type TeamInput,
} from "@plinth/core";
import { examplePlatformInput, exampleProduction, platformOf } from "@plinth/core/testing";
import type { Tree } from "../../comparison/tree-comparison.ts";
import { components } from "../../components.ts";
import { treeOfModel } from "../../trees/tree-of-model.ts";
import { linesOf, read, unmirrored } from "./told.fixture.ts";

/** A change of a model. */
export type Edit = (input: PlatformInput) => PlatformInput;

/** The example platform in production alone. */
export function productionInput(): PlatformInput {
  const input = examplePlatformInput();
  return {
    ...input,
    environments: [exampleProduction()],
    teams: input.teams.map((team) => ({ ...team, quotas: onlyProduction(team.quotas) })),
    dataStores: input.dataStores?.map((store) => ({ ...store, placements: onlyProduction(store.placements) })) ?? [],
  };
}

function onlyProduction<Value>(all: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => name === "production"));
}

/** The edit of the only environment. */
export function production(changes: (environment: EnvironmentInput) => Partial<EnvironmentInput>): Edit {
  return (input) => ({ ...input, environments: input.environments.map((each) => ({ ...each, ...changes(each) })) });
}

export function service(name: string, changes: Partial<ServiceInput>): Edit {
  return (input) => ({
    ...input,
    services: (input.services ?? []).map((each) => (each.name === name ? { ...each, ...changes } : each)),
  });
}

export function team(name: string, changes: Partial<TeamInput>): Edit {
  return (input) => ({
    ...input,
    teams: input.teams.map((each) => (each.name === name ? { ...each, ...changes } : each)),
  });
}

/** What changes of a platform mean, as far as some components render it. */
export function modelEdits(...names: readonly string[]): {
  told(edit: Edit): readonly string[];
  unmirrored(edit: Edit): readonly string[];
} {
  // Pages and checks say nothing of what is applied, and take most of the time.
  const chosen = components
    .filter(({ name }) => names.includes(name))
    .map(({ documents: _, check: __, ...component }): Component => component);
  const treeOf = (input: PlatformInput): Tree =>
    treeOfModel(plan(platformOf(input), chosen).files.filter(({ resource }) => resource !== undefined));
  const before = treeOf(productionInput());
  const trees = new Map<Edit, Tree>();
  const after = (edit: Edit): Tree => {
    const tree = trees.get(edit) ?? treeOf(edit(productionInput()));
    trees.set(edit, tree);
    return tree;
  };
  return {
    // How many alerts there are is a matter of the catalogue.
    told: (edit) =>
      linesOf(read(before, after(edit))).map((line) => line.replace(/\d+ (alerts|objectives) /, "many $1 ")),
    unmirrored: (edit) => unmirrored(before, after(edit)),
  };
}
