import { describeResource, type Finding, fieldAt, groupOf, identityOf, listAt, type Resource } from "@plinth/core";
import { waveFindings } from "./argocd-waves.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { objectsOfEnvironment, type RenderedFile, type RenderedObject } from "./rendered-tree.ts";

/**
 * The rules by which Argo CD's directory mode reads a folder, over every folder that an Application names.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/directory/
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/tool_detection/
 */
export const argocd: Judge = {
  name: "argocd",
  purpose: "Argo CD's directory mode can read every application",
  tools: [],
  judge: async (context) => {
    const applications = context.tree.objects.filter(({ resource }) => resource.kind === "Application");
    const findings = [
      ...applications.flatMap((application) => applicationFindings(application, context)),
      ...wavesOfApplications(applications, context),
      ...context.platform.environments.flatMap(({ name }) => [
        ...coverageFindings(name, context),
        ...projectFindings(name, context),
        ...identityFindings(name, context),
      ]),
    ];
    return { read: `${applications.length} applications`, findings };
  },
};

// reposerver.max.combined.directory.manifests.size, default.
const MAX_COMBINED_BYTES = 10 * 1024 * 1024;
// An object of etcd: https://etcd.io/docs/latest/dev-guide/limit/
const MAX_OBJECT_BYTES = 1024 * 1024;

const otherTools = /(^|\/)(kustomization\.ya?ml|Kustomization|Chart\.yaml)$/;

function refuse(finding: Omit<Finding, "code" | "severity">): Finding {
  return { code: "rejected-by-judge", severity: "error", ...finding };
}

/** The folder that an Application reads, below the output folder. */
function folderOf({ resource }: RenderedObject, { platform }: JudgeContext): string {
  const path = textAt(resource, "spec", "source", "path") ?? "";
  return path.startsWith(`${platform.repository.path}/`) ? path.slice(platform.repository.path.length + 1) : path;
}

function applicationFindings(application: RenderedObject, context: JudgeContext): Finding[] {
  const folder = folderOf(application, context);
  const files = context.tree.files.filter(({ path }) => path.startsWith(`${folder}/`));
  const about = { file: application.file.path, resource: describeResource(application.resource) };
  if (files.length === 0) {
    return [
      refuse({
        ...about,
        path: "spec.source.path",
        message: `${folder} holds nothing`,
        expected: "a folder with objects",
      }),
    ];
  }
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  return [
    ...files.flatMap((file) => fileFindings(file, folder, context)),
    ...(bytes > MAX_COMBINED_BYTES
      ? [
          refuse({
            ...about,
            message: `${folder} holds ${bytes} bytes`,
            expected: `at most ${MAX_COMBINED_BYTES} in one application`,
          }),
        ]
      : []),
  ];
}

function fileFindings(file: RenderedFile, folder: string, { tree }: JudgeContext): Finding[] {
  const about = { file: file.path };
  if (otherTools.test(file.path))
    return [refuse({ ...about, message: "makes Argo CD read the folder with another tool", expected: "objects only" })];
  if (file.path.slice(folder.length + 1).includes("/"))
    return [
      refuse({ ...about, message: "lies deeper than Argo CD looks", expected: "one flat folder for each application" }),
    ];
  if (!/\.(ya?ml|json)$/.test(file.path))
    return [refuse({ ...about, message: "is no manifest", expected: "objects only" })];
  if (!tree.objects.some((object) => object.file === file))
    return [
      refuse({
        ...about,
        message: "Object 'Kind' is missing",
        expected: "objects only: a file without a kind breaks the application",
      }),
    ];
  const bytes = Buffer.byteLength(file.text);
  return bytes > MAX_OBJECT_BYTES
    ? [
        refuse({
          ...about,
          message: `has ${bytes} bytes`,
          expected: `at most ${MAX_OBJECT_BYTES}, the limit of an object`,
        }),
      ]
    : [];
}

/** Every object below `application/` is delivered, by exactly one Application. */
function coverageFindings(environment: string, context: JudgeContext): Finding[] {
  const folders = context.tree.objects
    .filter(({ file, resource }) => file.path.startsWith(`argocd/${environment}/`) && resource.kind === "Application")
    .map((application) => folderOf(application, context));
  return context.tree.objects
    .filter(({ file }) => file.path.startsWith(`application/${environment}/`))
    .flatMap(({ file, resource }): Finding[] => {
      const owners = folders.filter((folder) => file.path.startsWith(`${folder}/`));
      return owners.length === 1
        ? []
        : [
            refuse({
              file: file.path,
              resource: describeResource(resource),
              message: `${owners.length} applications deliver it`,
              expected: "exactly one",
            }),
          ];
    });
}

/** A project allows what its applications deliver: kind, namespace, repository. */
function projectFindings(environment: string, context: JudgeContext): Finding[] {
  const objects = objectsOfEnvironment(context.tree, environment);
  const projects = new Map(
    objects
      .filter(({ resource }) => resource.kind === "AppProject")
      .map(({ resource }) => [resource.metadata.name, resource]),
  );
  return objects
    .filter(({ resource }) => resource.kind === "Application")
    .flatMap((application): Finding[] => {
      const about = { file: application.file.path, resource: describeResource(application.resource) };
      const name = textAt(application.resource, "spec", "project") ?? "";
      const project = projects.get(name);
      if (project === undefined)
        return [refuse({ ...about, path: "spec.project", message: `there is no project ${JSON.stringify(name)}` })];
      const allowed = kindsOf(project);
      const namespaces = listAt(project, "spec", "destinations").map((destination) =>
        String(fieldAt(destination, "namespace")),
      );
      const folder = folderOf(application, context);
      const delivered = objects.filter(({ file }) => file.path.startsWith(`${folder}/`));
      return delivered.flatMap(({ file, resource }): Finding[] => [
        ...(allowed.has(`${groupOf(resource)}/${resource.kind}`)
          ? []
          : [
              refuse({
                file: file.path,
                resource: describeResource(resource),
                message: `the project ${name} does not allow this kind`,
              }),
            ]),
        ...(namespaces.includes(resource.metadata.namespace ?? "")
          ? []
          : [
              refuse({
                file: file.path,
                resource: describeResource(resource),
                path: "metadata.namespace",
                message: `the project ${name} does not deliver into this namespace`,
              }),
            ]),
      ]);
    });
}

/** No object has two owners in a cluster: FailOnSharedResource would stop the second. */
function identityFindings(environment: string, { tree }: JudgeContext): Finding[] {
  const first = new Map<string, RenderedObject>();
  return objectsOfEnvironment(tree, environment).flatMap((object): Finding[] => {
    const identity = identityOf(object.resource);
    const earlier = first.get(identity);
    first.set(identity, earlier ?? object);
    return earlier === undefined
      ? []
      : [
          refuse({
            file: object.file.path,
            resource: describeResource(object.resource),
            message: `${earlier.file.path} holds the same object`,
            expected: "one file for each object of a cluster",
          }),
        ];
  });
}

/** What others need comes first, in the folder of each Application. */
function wavesOfApplications(applications: readonly RenderedObject[], context: JudgeContext): Finding[] {
  return applications.flatMap((application) => {
    const folder = `${folderOf(application, context)}/`;
    return waveFindings(context.tree.objects.filter(({ file }) => file.path.startsWith(folder)));
  });
}

function kindsOf(project: Resource): ReadonlySet<string> {
  return new Set(
    listAt(project, "spec", "namespaceResourceWhitelist").map(
      (entry) => `${String(fieldAt(entry, "group"))}/${String(fieldAt(entry, "kind"))}`,
    ),
  );
}

function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = fieldAt(value, ...path);
  return typeof found === "string" ? found : undefined;
}
