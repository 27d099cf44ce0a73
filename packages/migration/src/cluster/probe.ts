import { SelfSubjectAccessReview } from '@godwit/api';
import { ApiError, type Client, ConnectionError } from '@godwit/kube';
import type { ConnectionFacts } from './facts.ts';

const PATIENCE_MILLISECONDS = 5000;
const GROUPS = ['migration.openshift.io', 'velero.io'];

const faultOf = (fault: unknown): ConnectionFacts => {
  if (fault instanceof ConnectionError)
    return { reached: false, certificate: fault.fault === 'tls', expired: false, why: `${fault.message}.` };
  if (fault instanceof ApiError && fault.status === 401)
    return { reached: false, certificate: false, expired: true, why: 'the token is not accepted, it is wrong or has expired.' };
  if (fault instanceof ApiError) return { reached: false, certificate: false, expired: false, why: `${fault.message}.` };
  if (fault instanceof Error && ['AbortError', 'TimeoutError'].includes(fault.name)) {
    return { reached: false, certificate: false, expired: false, why: `no answer within ${PATIENCE_MILLISECONDS / 1000} seconds.` };
  }
  throw fault;
};

/** Asks an API server for its version, with the credentials of the client, for at most five seconds. */
export const probeConnection = async (client: Client): Promise<ConnectionFacts> => {
  try {
    const { gitVersion } = await client.request<{ gitVersion: string }>('GET', '/version', {
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    });
    return { reached: true, version: gitVersion };
  } catch (fault) {
    return faultOf(fault);
  }
};

const mayDoEverything = async (client: Client, group: string): Promise<boolean> => {
  const review = await client.create(SelfSubjectAccessReview, {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    metadata: {},
    spec: { resourceAttributes: { group, resource: '*', verb: '*', version: '*' } },
  });
  return review.status?.allowed === true;
};

/** The API groups of migration and backup of which the client's user may not do everything. */
export const missingRights = async (client: Client): Promise<string[]> => {
  const allowed = await Promise.all(GROUPS.map((group) => mayDoEverything(client, group)));
  return GROUPS.filter((_group, index) => !allowed[index]);
};
