import type { Deployment } from './driver.ts';
import { HostError } from './host-error.ts';

/** How a person names a deployment: stateroot, commit and serial. */
export const nameOf = ({ stateroot, checksum, serial }: Pick<Deployment, 'stateroot' | 'checksum' | 'serial'>): string =>
  `${stateroot} ${checksum.slice(0, 12)}.${serial}`;

/** Whether both are the same deployment; the index moves, the rest does not. */
export const isSame = (one: Deployment, other: Deployment): boolean =>
  one.stateroot === other.stateroot && one.checksum === other.checksum && one.serial === other.serial;

/** The deployment as it is listed now; throws when it is gone. */
export const listed = (list: readonly Deployment[], wanted: Deployment): Deployment => {
  const found = list.find((each) => isSame(each, wanted));
  if (found === undefined)
    throw new HostError(`${nameOf(wanted)} is no deployment any more`, 'Look at `ostree admin status` and start again');
  return found;
};

/** The deployment that nothing may take away: the booted one; where none is marked, the one that boots next. */
const protectedOf = (list: readonly Deployment[]): Deployment | undefined => list.find(({ booted }) => booted) ?? list[0];

/** Throws when the deployment must stay. */
export const refuseUndeploy = (list: readonly Deployment[], wanted: Deployment): void => {
  const kept = protectedOf(list);
  if (kept !== undefined && isSame(kept, wanted))
    throw new HostError(`${nameOf(wanted)} is the system that runs here, and stays`, 'Boot another deployment first');
};

/** Whether it names a folder right below another one, and nothing else. */
const isFolderName = (name: string): boolean => !['', '.', '..'].includes(name) && !/[/\0]/.test(name);

/** Throws when the folder of a stateroot must stay: removing it would destroy a deployment file by file. */
export const refuseRemoval = (list: readonly Deployment[], stateroot: string): void => {
  if (!isFolderName(stateroot))
    throw new HostError(`${JSON.stringify(stateroot)} is no name of a stateroot`, 'Name one of the folders below /ostree/deploy');
  const left = list.filter((each) => each.stateroot === stateroot);
  if (left.length > 0)
    throw new HostError(
      `The stateroot ${stateroot} still holds ${left.map(nameOf).join(', ')}`,
      left.some(({ booted }) => booted) ? 'It is booted, and stays' : `Run \`ostree admin undeploy ${left.at(-1)?.index}\` first`,
    );
};
