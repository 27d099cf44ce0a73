import { ApiError, ConnectionError } from '@godwit/kube';
import type { Cause } from './outcome.ts';

const REMEDIES: Record<Cause, string> = {
  QuotaExceeded: 'Raise the ResourceQuota of the namespace, then restore again.',
  ImmutableField: 'Delete the object on the target cluster, then restore again.',
  ExistsAndDiffers: 'Set existingResourcePolicy to update, or delete the object on the target cluster.',
  RefusedByWebhook: 'Correct what the admission webhook asks for, or turn it off while restoring.',
  NoSuchKind: 'Install the operator or CustomResourceDefinition that serves this kind on the target cluster.',
  Forbidden: 'Give the account that restores the right to create this kind.',
  Invalid: 'Correct the field that the message names in the source, then back up and restore again.',
  NamespaceTerminating: 'Wait until the namespace is gone, then restore again.',
  Undecodable: 'Restore from another backup.',
  Unreachable: 'Check the connection to the target cluster, then restore again.',
  LeftOut: '',
  Altered: 'Look for an admission webhook or another version of the kind on the target cluster.',
  VolumeDataMissing: 'Copy the data of the volume with a volume migration, or restore with Velero.',
  Other: 'Look at the message, then restore again.',
};

const PATTERNS: readonly (readonly [RegExp, Cause])[] = [
  [/exceeded quota/i, 'QuotaExceeded'],
  [/being terminated/i, 'NamespaceTerminating'],
  [/admission webhook|denied the request|failed calling webhook/i, 'RefusedByWebhook'],
  [/immutable|may not be changed|cannot be updated/i, 'ImmutableField'],
];

const ofApiError = (error: ApiError): Cause => {
  const known = PATTERNS.find(([pattern]) => pattern.test(error.message));
  if (known) return known[1];
  if (error.status === 403 || error.status === 401) return 'Forbidden';
  if (error.status === 422 || error.status === 400) return 'Invalid';
  return error.status === 404 ? 'NoSuchKind' : 'Other';
};

/** Names the cause of a refused write. */
export const causeOf = (error: unknown): Cause => {
  if (error instanceof ApiError) return ofApiError(error);
  if (error instanceof ConnectionError) return 'Unreachable';
  return error instanceof SyntaxError ? 'Undecodable' : 'Other';
};

/** What to do about a cause. */
export const remedyOf = (cause: Cause): string => REMEDIES[cause];

const MISSING_ACCOUNT = /serviceaccount "[^"]*" not found/;

/** Whether the same request may succeed in a moment: throttling, lost connections, a service account that is being made. */
export const isWorthRetrying = (error: unknown): boolean => {
  if (error instanceof ConnectionError) return error.fault !== 'tls' && error.fault !== 'auth';
  if (!(error instanceof ApiError)) return false;
  if (error.status === 429 || error.status >= 500) return !/admission webhook|failed calling webhook/.test(error.message);
  return error.status === 403 && MISSING_ACCOUNT.test(error.message);
};
