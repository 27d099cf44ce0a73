/** A service as far as its outside address is concerned. `address` is what its status holds now. */
export type Balanced = { key: string; wanted: boolean; address?: string | undefined };

/** What is to be done: addresses to write into status (undefined: take it away), and all addresses that the node must answer for. */
export type Assignment = { changes: { key: string; address: string | undefined }[]; answered: string[] };

const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const addressOf = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

/** All addresses of a range, both ends included. */
export const addressesIn = ([first, last]: readonly [string, string]): string[] =>
  Array.from({ length: numberOf(last) - numberOf(first) + 1 }, (_, index) => addressOf(numberOf(first) + index));

/** Gives each service of type LoadBalancer one address of the range and lets it keep it; a service that comes when none is left waits. */
export const assign = (services: readonly Balanced[], range: readonly [string, string]): Assignment => {
  const pool = new Set(addressesIn(range));
  const kept = new Map<string, string>();
  for (const { key, wanted, address } of services) if (wanted && address !== undefined && pool.delete(address)) kept.set(key, address);
  const free = pool.values();
  const changes: Assignment['changes'] = [];
  for (const { key, wanted, address } of services) {
    if (kept.has(key)) continue;
    const given = wanted ? free.next().value : undefined;
    if (given !== undefined) kept.set(key, given);
    if (given !== address) changes.push({ key, address: given });
  }
  return { changes, answered: [...kept.values()].sort() };
};
