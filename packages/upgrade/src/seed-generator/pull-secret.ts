import { Secret } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';

/** Where a cluster of OpenShift keeps its credentials for registries. */
const PULL_SECRET = { namespace: 'openshift-config', name: 'pull-secret' } as const;

const KEY = '.dockerconfigjson';

/** Credentials that open nothing; the field must not be empty. */
export const SANITIZED = '{"auths":{"empty_registry":{"username":"empty","password":"empty","auth":"ZW1wdHk6ZW1wdHk=","email":""}}}';

/** Whether these credentials are those that a seed was made with, and never got back. */
export const isSanitized = (text: string | undefined): boolean => text?.trim() === SANITIZED;

/** The cluster's credentials; undefined where it keeps none in its API. */
export const readPullSecret = async (cluster: Client): Promise<string | undefined> => {
  const value = (await cluster.get(Secret, PULL_SECRET))?.data?.[KEY];
  return value === undefined ? undefined : Buffer.from(value, 'base64').toString();
};

/** Puts other credentials in the place of the cluster's; a Secret that is gone stays so. */
export const replacePullSecret = async (cluster: Client, text: string): Promise<void> => {
  await cluster.patch(Secret, PULL_SECRET, { data: { [KEY]: Buffer.from(text).toString('base64') } }).catch((error: unknown) => {
    if (!isApiError(error, 'NotFound')) throw error;
  });
};
