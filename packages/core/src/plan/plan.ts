import type { Component, Document, Moment } from "../component.ts";
import { type Finding, sortFindings } from "../finding.ts";
import { servicesIn, teamNamed } from "../model/dependencies.ts";
import type { Platform } from "../model/platform.ts";
import { metadataFindings } from "../resource/build-resource.ts";
import { describeResource, type Resource, resourceFindings } from "../resource/resource.ts";
import { compareTexts } from "../text-order.ts";
import { emitYaml } from "../yaml/emit.ts";
import { signMarkdown, signYaml } from "../yaml/signed-file.ts";
import { yamlProblems } from "../yaml/yaml-problems.ts";
import { addToFolder, foldersIn, type GrowingFolder } from "./application-folders.ts";
import { sourceFile, stampResource } from "./labels.ts";
import { resourcePath } from "./paths.ts";
import type { Place } from "./place.ts";
import { planFindings } from "./plan-findings.ts";
import type { Plan, PlannedFile } from "./planned-file.ts";
import type { IndexEntry } from "./rendered-index.ts";

/**
 * Everything that components make of a platform. Deterministic: the same platform gives the same bytes, in any order of its parts and of the components,
 * on any day. Whether something is past its end is said in findings, for the day of `moment`.
 *
 * @example
 * declare const platform: Platform;
 * declare const components: Component[];
 * const { files, findings } = plan(platform, components);
 */
export function plan(platform: Platform, components: readonly Component[], moment: Moment = {}): Plan {
  const findings: Finding[] = [];
  const files: PlannedFile[] = [];
  const folders = new Map<string, GrowingFolder>();
  // What Argo CD delivers is known only when all of the application layer is.
  const inOrder = [...components].sort((a, b) => Number(a.layer === "argocd") - Number(b.layer === "argocd"));
  for (const component of inOrder) {
    for (const { place, resources } of placesOf(platform, component, folders, findings)) {
      for (const resource of resources) files.push(resourceFile(resource, place, findings));
      addToFolder(folders, place, resources);
    }
    for (const document of attempt(component, undefined, findings, () => component.documents?.(platform)) ?? [])
      files.push(documentFile(document, { platform, component }));
    findings.push(
      ...(attempt(component, undefined, findings, () => component.check?.(platform, moment)) ?? []).map((finding) => ({
        component: component.name,
        ...finding,
      })),
    );
  }
  files.sort((a, b) => compareTexts(a.path, b.path));
  findings.push(...planFindings(files, components, platform));
  return { files, findings: sortFindings(findings) };
}

interface PlacedResources {
  readonly place: Place;
  readonly resources: readonly Resource[];
}

/** Calls each function of a component for each thing that it is about. */
function* placesOf(
  platform: Platform,
  component: Component,
  folders: ReadonlyMap<string, GrowingFolder>,
  findings: Finding[],
): Generator<PlacedResources> {
  const call = (place: Place, make: () => readonly Resource[] | undefined): PlacedResources => ({
    place,
    resources: attempt(component, place, findings, make) ?? [],
  });
  if (component.layer === "foundation" && component.shared !== undefined) {
    yield call({ platform, component }, () => component.shared?.(platform));
  }
  for (const environment of platform.environments) {
    if (component.layer === "argocd") {
      yield call({ platform, component, environment }, () =>
        component.perEnvironment?.(platform, environment, foldersIn(folders, environment)),
      );
      continue;
    }
    if (component.layer === "foundation" && component.perEnvironment !== undefined) {
      yield call({ platform, component, environment }, () => component.perEnvironment?.(platform, environment));
    }
    if (component.perTeam !== undefined) {
      for (const team of platform.teams)
        yield call({ platform, component, environment, team }, () => component.perTeam?.(platform, environment, team));
    }
    if (component.perService !== undefined) {
      for (const service of servicesIn(platform, environment)) {
        const team = teamNamed(platform, service.team);
        yield call({ platform, component, environment, team, service }, () =>
          component.perService?.(platform, environment, service),
        );
      }
    }
  }
}

/** What `make` returns, or a finding that names the component and what it was about. */
function attempt<Result>(
  component: Component,
  place: Place | undefined,
  findings: Finding[],
  make: () => Result,
): Result | undefined {
  try {
    return make();
  } catch (error) {
    const about = [place?.service?.name ?? place?.team?.name, place?.environment?.name]
      .filter((name) => name !== undefined)
      .join(" in ");
    const source = (place?.service ?? place?.team ?? place?.environment)?.source;
    findings.push({
      code: "component-failed",
      severity: "error",
      component: component.name,
      ...(source === undefined ? {} : { source }),
      message: `the component ${component.name} failed${about === "" ? "" : ` for ${about}`}: ${error instanceof Error ? error.message : String(error)}`,
      hint: "this is a defect of the component, not of your platform: a component returns findings, it does not throw",
    });
    return undefined;
  }
}

function resourceFile(unstamped: Resource, place: Place, findings: Finding[]): PlannedFile {
  const resource = stampResource(unstamped, place);
  const path = resourcePath(resource, place);
  const source = (place.service ?? place.team ?? place.environment ?? place.platform).source;
  const about = { component: place.component.name, file: path, ...(source === undefined ? {} : { source }) };
  const described = describeResource(resource);
  findings.push(...resourceFindings(unstamped).map((finding) => ({ ...about, ...finding })));
  for (const problem of yamlProblems(resource)) {
    findings.push({
      code: "invalid-resource",
      severity: "error",
      ...about,
      resource: described,
      path: problem.path,
      message: problem.message,
      expected: "plain data that YAML can say",
    });
  }
  // The stamp adds labels and a source: a resource that was right alone may not be with them.
  if (resourceFindings(unstamped).length === 0)
    findings.push(...metadataFindings(resource).map((finding) => ({ ...about, ...finding })));
  return { path, entry: entryOf(place), resource, text: () => signYaml(emitYaml(resource), originOf(place)) };
}

function documentFile(document: Document, place: Place): PlannedFile {
  const sign = document.path.endsWith(".yaml") ? signYaml : signMarkdown;
  return { path: document.path, entry: entryOf(place), text: () => sign(document.text, originOf(place)) };
}

function originOf(place: Place): { component: string; source?: string } {
  const source = sourceFile(place);
  return { component: place.component.name, ...(source === undefined ? {} : { source }) };
}

function entryOf({ component, environment, team, service }: Place): IndexEntry {
  return {
    component: component.name,
    ...(environment === undefined ? {} : { environment: environment.name }),
    ...(team === undefined ? {} : { team: team.name }),
    ...(service === undefined ? {} : { service: service.name }),
  };
}
