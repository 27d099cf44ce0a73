import { join } from 'node:path';
import type { Deployment } from '../driver.ts';
import { explained } from '../host-error.ts';
import { type OstreeCommands, ostreeCommands } from '../ostree-commands.ts';
import { parseStatus } from '../parse-status.ts';
import type { OstreeBackEnd } from './back-end.ts';

/** What a person does first when ostree refuses or fails. */
export const LOOK = 'Look at `ostree admin status` on the host, and at its free space';

/** What all parts of the driver share: the back end, its command lines, the list of deployments, and where things lie. */
export type OstreeContext = {
  readonly backEnd: OstreeBackEnd;
  readonly commands: OstreeCommands;
  /** Reads the deployments anew, in the order of booting. */
  list(): Promise<readonly Deployment[]>;
  staterootPath(stateroot: string): string;
  deploymentPath(deployment: Deployment): string;
  originPath(deployment: Deployment): string;
  /** Does a piece of work whose failure is told as this sentence. */
  telling<T>(sentence: string, work: () => Promise<T>): Promise<T>;
};

/** The context over one back end. */
export const ostreeContext = (backEnd: OstreeBackEnd): OstreeContext => {
  const commands = ostreeCommands({ admin: backEnd.admin, repository: join(backEnd.sysroot, 'ostree/repo') });
  const telling = <T>(sentence: string, work: () => Promise<T>): Promise<T> => explained(sentence, LOOK, work);
  const staterootPath = (stateroot: string): string => join(backEnd.physicalRoot, 'ostree/deploy', stateroot);
  const deploymentPath = ({ stateroot, checksum, serial }: Deployment): string =>
    join(staterootPath(stateroot), 'deploy', `${checksum}.${serial}`);
  return {
    backEnd,
    commands,
    list: async () =>
      backEnd.markBooted(await telling('The deployments cannot be listed', async () => parseStatus(await backEnd.run(commands.status())))),
    staterootPath,
    deploymentPath,
    originPath: (deployment) => `${deploymentPath(deployment)}.origin`,
    telling,
  };
};
