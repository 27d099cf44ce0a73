import type { HostedCluster } from '@godwit/api';
import { addressOf, type Block, blockOf, holds, overlap } from './cidr.ts';

type Networking = NonNullable<HostedCluster['spec']['networking']>;

/** A block of a hosted cluster and where its spec says so. */
export type NamedBlock = { path: string; text: string; block: Block };

const KINDS = ['machineNetwork', 'clusterNetwork', 'serviceNetwork'] as const;

const textsOf = (networking: Networking): { path: string; text: string }[] =>
  KINDS.flatMap((kind) => (networking[kind] ?? []).map(({ cidr }) => ({ path: `spec.networking.${kind}`, text: cidr })));

/** All blocks of a hosted cluster that can be read. */
const blocksOf = (networking: Networking): NamedBlock[] =>
  textsOf(networking).flatMap(({ path, text }) => {
    const block = blockOf(text);
    return block === undefined ? [] : [{ path, text, block }];
  });

/** Blocks that are none. */
export const unreadableBlocks = (networking: Networking): string[] =>
  textsOf(networking)
    .filter(({ text }) => blockOf(text) === undefined)
    .map(({ path, text }) => `${path}: "${text}" is no CIDR block; write for instance 10.132.0.0/14`);

/** Blocks that share addresses, each pair once. */
export const overlappingBlocks = (networking: Networking): string[] =>
  blocksOf(networking).flatMap((one, index, all) =>
    all
      .slice(index + 1)
      .filter((other) => overlap(one.block, other.block))
      .map((other) => `${one.path} and ${other.path} overlap: ${one.text} and ${other.text}`),
  );

const familyOf = (bits: number): string => (bits === 32 ? 'IPv4' : 'IPv6');

/** Kinds of networks whose families are not those of the others: all must be IPv4, all IPv6, or all both. */
export const mixedFamilies = (networking: Networking): string[] => {
  const families = KINDS.map((kind) => {
    const bits = blocksOf(networking).flatMap(({ path, block }) => (path.endsWith(kind) ? [block.bits] : []));
    return { kind, names: [...new Set(bits)].sort((one, other) => one - other).map(familyOf) };
  }).filter(({ names }) => names.length > 0);
  if (new Set(families.map(({ names }) => names.join())).size <= 1) return [];
  const told = families.map(({ kind, names }) => `${kind} is ${names.join(' and ')}`);
  return [`spec.networking mixes IPv4 and IPv6: ${told.join(', ')}; give each of them the same families`];
};

/** What is wrong with the address that nodes reach the API server at on their own loopback device. */
export const advertiseAddressProblems = (networking: Networking): string[] => {
  const text = networking.apiServer?.advertiseAddress;
  if (text === undefined) return [];
  const path = 'spec.networking.apiServer.advertiseAddress';
  const address = addressOf(text);
  if (address === undefined) return [`${path}: "${text}" is no IP address; write for instance 172.20.0.1`];
  return blocksOf(networking)
    .filter(({ block }) => holds(block, address))
    .map((taken) => `${path}: ${text} lies within ${taken.path} ${taken.text}; choose an address outside of all networks`);
};
