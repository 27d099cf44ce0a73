import type { UpgradeFinding } from '@godwit/api';
import { volumeCodes } from '../backup/lint-volumes.ts';

/** Codes of what is found before a release is prepared; those of extra manifests are their own. */
export const prepCodes = {
  storage: 'ContainerStorageNotSeparate',
  version: 'SeedVersionNotHigher',
  oadp: 'OadpUnavailable',
  oadpContent: 'OadpContentInvalid',
  timeout: 'RollbackTimeoutTooLong',
  policies: 'PolicyManifestCountWrong',
  seed: 'SeedImageUnusable',
  workspace: 'WorkspaceNotMade',
  space: 'SpaceMissing',
} as const;

/** All of them. */
export const PREP_CODES: readonly string[] = [...Object.values(prepCodes), ...Object.values(volumeCodes)];

/** Errors of one code, one for each message. */
export const errorsOf = (code: string, object: string, messages: readonly (string | undefined)[], remediation?: string): UpgradeFinding[] =>
  messages.flatMap((message) =>
    message === undefined ? [] : [{ code, severity: 'Error', object, message, ...(remediation === undefined ? {} : { remediation }) }],
  );
