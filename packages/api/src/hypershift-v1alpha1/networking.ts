import { isJson, type Json, jsonOf, listOf, withField } from './json.ts';

const PAIRS = [
  ['machineCIDR', 'machineNetwork'],
  ['podCIDR', 'clusterNetwork'],
  ['serviceCIDR', 'serviceNetwork'],
] as const;

/** Names of the old fields that hold one range each. */
export const CIDR_FIELDS = PAIRS.map(([cidr]) => cidr);

const withFirst = (list: unknown, cidr: string): unknown[] => {
  const [first, ...rest] = listOf(list);
  return [{ ...jsonOf(first), cidr }, ...rest];
};

/** The lists of ranges with the single ranges `from` says as their first entries. */
export const rangesUp = (networking: Json, from: Json): Json => ({
  ...networking,
  ...Object.fromEntries(
    PAIRS.flatMap(([cidr, list]) => {
      const range = from[cidr];
      return typeof range === 'string' && range !== '' ? [[list, withFirst(networking[list], range)]] : [];
    }),
  ),
});

/** The first entries of the lists of ranges as single ranges, put into `into`. */
export const rangesDown = (networking: Json, into: Json): Json =>
  PAIRS.reduce((result, [cidr, list]) => {
    const [first] = listOf(networking[list]);
    return withField(result, cidr, isJson(first) ? first.cidr : undefined);
  }, into);
