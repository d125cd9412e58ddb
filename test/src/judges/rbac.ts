import { type Environment, type Finding, groupOf } from "@plinth/core";
import { authorizerOf } from "@plinth/rbac";
import { type Cluster, clusterTools } from "../cluster/start-cluster.ts";
import { withCluster } from "../cluster/with-cluster.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { actFindings, peopleOf } from "./rbac-acts.ts";
import { applyAccess, defaultRolesHaveRules, rbacGroup, rbacObjectsIn, rulesFor } from "./rbac-cluster.ts";
import { compareAnswers } from "./rbac-comparison.ts";
import { deliveryFindings } from "./rbac-delivery.ts";
import { escalationFindings } from "./rbac-escalation.ts";
import { promiseFindings } from "./rbac-promise-findings.ts";
import { personIn, questionsOf } from "./rbac-questions.ts";
import { roleSetFindings } from "./rbac-role-sets.ts";
import { serviceFindings } from "./rbac-services.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";

/**
 * A real API server holds each environment's roles and bindings: what it allows is what Plinth's evaluator says, question by question, and what the platform
 * promises of people holds by its word alone. Roles that chance makes keep the evaluator honest where the platform's own are too plain.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export const rbac: Judge = {
  name: "rbac",
  purpose: "people may do what is promised, and nothing else",
  tools: clusterTools({ controllerManager: true }),
  judge: async (context) => {
    const findings: Finding[] = [];
    const asked: Asked = { answers: 0, promises: 0, acts: 0 };
    for (const environment of context.platform.environments) {
      context.signal.throwIfAborted();
      // Aggregated roles have rules only where the controller manager runs.
      findings.push(
        ...(await withCluster({ controllerManager: true, people: peopleOf(context.platform) }, (cluster) =>
          judged(cluster, environment, context, asked),
        )),
      );
    }
    return {
      read: `${asked.answers} answers of ${context.platform.environments.length} clusters, ${asked.promises} promises, ${asked.acts} acts`,
      findings,
    };
  },
};

/** Counted over all environments. */
interface Asked {
  answers: number;
  promises: number;
  acts: number;
}

async function judged(
  cluster: Cluster,
  environment: Environment,
  { tree, platform, signal }: JudgeContext,
  asked: Asked,
): Promise<Finding[]> {
  const objects = objectsOfEnvironment(tree, environment.name).filter(
    ({ resource }) => resource.kind === "Namespace" || groupOf(resource) === rbacGroup,
  );
  await defaultRolesHaveRules(cluster);
  const kubernetes = await rbacObjectsIn(cluster);
  const everybody = await rulesFor(cluster, personIn(), "default");
  const refused = await applyAccess(cluster, objects);
  const rendered = objects.map(({ resource }) => resource);
  const questions = questionsOf(platform, rendered);
  const authorize = authorizerOf([...kubernetes, ...rendered]);
  const findings = await compareAnswers(cluster, authorize, questions, environment.name, signal);
  const promises = await promiseFindings(cluster, platform, environment, everybody, signal);
  const acted = await actFindings(cluster, platform, environment);
  const services = await serviceFindings(cluster, platform, environment);
  const delivery = await deliveryFindings(cluster, platform, environment);
  // Roles and bindings that chance makes come last: they name the platform's people, too.
  const seed = platform.environments.indexOf(environment) + 1;
  const roleSet = await roleSetFindings(cluster, seed, signal);
  const escalation = await escalationFindings(cluster, seed, signal);
  asked.answers += questions.length + roleSet.asked + escalation.asked;
  asked.promises += promises.asked;
  asked.acts += acted.asked + services.asked + delivery.asked;
  return [
    ...refused,
    ...acted.findings,
    ...services.findings,
    ...delivery.findings,
    ...findings,
    ...promises.findings,
    ...roleSet.findings,
    ...escalation.findings,
  ];
}
