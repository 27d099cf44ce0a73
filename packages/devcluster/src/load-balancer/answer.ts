import { run } from '../processes/run.ts';
import { addressesIn } from './assign.ts';

/** Lets eth0 of the network namespace that this process is in hold exactly these addresses of the range, so that it answers for them. */
export const answerFor = async (addresses: readonly string[], range: readonly [string, string]): Promise<void> => {
  const links = JSON.parse(await run(['ip', '-j', '-4', 'address', 'show', 'dev', 'eth0'])) as { addr_info: { local: string }[] }[];
  const reserved = new Set(addressesIn(range));
  const present = links.flatMap(({ addr_info }) => addr_info.map(({ local }) => local)).filter((address) => reserved.has(address));
  const lines = [
    ...addresses.filter((address) => !present.includes(address)).map((address) => `address add ${address}/32 dev eth0`),
    ...present.filter((address) => !addresses.includes(address)).map((address) => `address delete ${address}/32 dev eth0`),
  ];
  if (lines.length > 0) await run(['ip', '-batch', '-'], { input: `${lines.join('\n')}\n` });
};
