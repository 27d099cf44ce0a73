import { randomUUID } from 'node:crypto';
import { environmentOfFile } from '../../../machines/units/environment.ts';
import { API_PORT, BASE_DOMAIN } from '../places.ts';

/** Who a cluster and its only node are. */
export type Identity = {
  CLUSTER_NAME: string;
  BASE_DOMAIN: string;
  CLUSTER_ID: string;
  NODE_NAME: string;
  NODE_IP: string;
};

const NAMES = ['CLUSTER_NAME', 'BASE_DOMAIN', 'CLUSTER_ID', 'NODE_NAME', 'NODE_IP'] as const;

/** The identity of a cluster that starts for the first time: it is called as the machine is. */
export const firstIdentity = (hardware: Readonly<Record<string, string>>, id: string = randomUUID()): Identity => {
  const { NODE_ID = '', NODE_ADDRESS = '' } = hardware;
  return { CLUSTER_NAME: NODE_ID, BASE_DOMAIN, CLUSTER_ID: id, NODE_NAME: NODE_ID, NODE_IP: NODE_ADDRESS };
};

/** Reads an identity from the text of its file; names what it lacks. */
export const parseIdentity = (text: string): Identity => {
  const values = environmentOfFile(text);
  const lacking = NAMES.filter((name) => !values[name]);
  if (lacking.length > 0) throw new Error(`The identity of the cluster lacks ${lacking.join(', ')}`);
  return Object.fromEntries(NAMES.map((name) => [name, values[name]])) as Identity;
};

/** Writes an identity as the text of its file. */
export const identityText = (identity: Identity): string => `${NAMES.map((name) => `${name}=${identity[name]}`).join('\n')}\n`;

/** Where an identity's API server answers. */
export const serverOf = ({ NODE_IP }: Identity): string => `https://${NODE_IP}:${API_PORT}`;

/** The names under which an identity's API server is known, beside those of every cluster. */
export const serverNames = ({ NODE_IP, NODE_NAME, CLUSTER_NAME, BASE_DOMAIN: domain }: Identity): string[] => [
  NODE_IP,
  NODE_NAME,
  `api.${CLUSTER_NAME}.${domain}`,
  `api-int.${CLUSTER_NAME}.${domain}`,
];
