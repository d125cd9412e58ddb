// Verbs by what they do to an object: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb

/** See what is in it. A list or a watch shows whole objects. */
export const seeing: readonly string[] = ["get", "list", "watch"];
/** Decide what it says. */
export const writing: readonly string[] = ["create", "patch", "update"];
/** Change what it says, of one that is there. */
export const changing: readonly string[] = ["patch", "update"];
/** Decide what it says, or that there is none. */
export const controlling: readonly string[] = ["create", "delete", "deletecollection", "patch", "update"];
/** Take it away. */
export const removing: readonly string[] = ["delete", "deletecollection"];
