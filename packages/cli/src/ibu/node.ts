import { ImageBasedUpgrade, ImageBasedUpgradeReport, UPGRADE_NAME } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import { Failure } from '../failure.ts';
import type { Invocation } from '../invocation.ts';
import { found } from '../lookup.ts';

/** The name of the upgrade and of its report: there is one of each in a cluster. */
export const upgradeName = { name: UPGRADE_NAME };

/** The call as it looks for upgrades: they have no namespace, so that --namespace is taken and means nothing. */
export const onNode = ({ globals: { namespace: _, ...globals }, ...rest }: Invocation): Invocation => ({ ...rest, globals, namespace: '' });

/** The one upgrade of the cluster; refuses when it is absent, which means that no agent runs. */
export const foundUpgrade = (invocation: Invocation, text: string = UPGRADE_NAME): Promise<ImageBasedUpgrade> =>
  found(invocation, 'ibu', ImageBasedUpgrade, text);

/** What the agent knows beyond the upgrade itself; undefined where there is none. */
export const reportOf = async (client: Client): Promise<ImageBasedUpgradeReport | undefined> => {
  try {
    return await client.get(ImageBasedUpgradeReport, upgradeName);
  } catch (error) {
    if (isApiError(error) && error.status === 404) return undefined;
    throw error;
  }
};

/** A command that only makes sense with what is not there. */
export const nothingToDo = (what: string, why: string, next: string, exitCode: 6 | 1 = 6): Failure =>
  new Failure(what, { reason: 'NotAllowedNow', why, next, exitCode });
