import { run } from '../processes/run.ts';

/** Second numbers that belong to the pods of local machines: 10.132.0.0/14. */
const OF_MACHINES: readonly number[] = [132, 133, 134, 135];

/** Second numbers of 10.N.0.0/16 in the order in which they are tried. */
export const CANDIDATES: readonly number[] = [
  ...Array.from({ length: 55 }, (_, index) => 200 + index),
  ...Array.from({ length: 95 }, (_, index) => 105 + index).filter((subnet) => !OF_MACHINES.includes(subnet)),
];

/** Whether an address or prefix such as `10.200.3.0/24` lies in 10.N.0.0/16, or contains it. */
const touches = (prefix: string, subnet: number): boolean => {
  const [address = '', length = '32'] = prefix.split('/');
  const [first, second] = address.split('.').map(Number);
  if (first !== 10 || second === undefined) return false;
  const bits = Number(length);
  if (bits >= 16) return second === subnet;
  const block = 2 ** (16 - bits);
  return bits >= 8 && Math.floor(second / block) === Math.floor(subnet / block);
};

/** Picks the first free N, given every address and route of the host and what other sets have taken. */
export const chooseSubnet = (used: readonly string[], taken: readonly number[]): number => {
  const free = CANDIDATES.find((subnet) => !taken.includes(subnet) && !used.some((prefix) => touches(prefix, subnet)));
  if (free === undefined)
    throw new Error(
      'No free network 10.N.0.0/16 is left. See "ip route", and end sets that nobody needs: godwit-dev status, godwit-dev down --set ID',
    );
  return free;
};

/** Reads the addresses and route destinations of the host. */
export const readUsedPrefixes = async (): Promise<string[]> => {
  const addresses = JSON.parse((await run(['ip', '-j', '-4', 'address'])) || '[]') as { addr_info: { local: string }[] }[];
  const routes = JSON.parse((await run(['ip', '-j', '-4', 'route', 'show', 'table', 'all'])) || '[]') as { dst: string }[];
  return [...addresses.flatMap(({ addr_info }) => addr_info.map(({ local }) => local)), ...routes.map(({ dst }) => dst)];
};
