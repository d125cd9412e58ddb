import { type CelExpression, cel } from "../admission/cel.ts";

/**
 * Name of the object of a request. Not `request.name`, which is empty where a whole collection is deleted: then each object is asked about with what it was.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/apiserver/pkg/registry/rest/delete.go
 */
export const nameOfObject: CelExpression = cel`request.operation == 'DELETE' ? oldObject.metadata.name : object.metadata.name`;

/** What is done, and by whom: `NetworkPolicy default-deny is deleted by jane`. */
export const whatIsDone: CelExpression = cel`request.kind.kind + ' ' + ${nameOfObject}
  + ' is ' + {'CREATE': 'created', 'UPDATE': 'changed', 'DELETE': 'deleted'}[request.operation]
  + ' by ' + request.userInfo.username`;

/**
 * The moment of a request that creates or changes something. CEL has no clock, and needs none: before admission the API server itself writes when each manager of
 * the fields last changed them, whatever the request says. An update that changes nothing keeps the moment of the last one; who has the entries removed is
 * refused, since there is no moment then.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export const momentOfRequest: CelExpression = cel`object.metadata.managedFields.filter(m, has(m.time)).map(m, timestamp(m.time)).max()`;
