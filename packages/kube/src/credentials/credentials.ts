import { readFile } from 'node:fs/promises';
import type { Access, Impersonation } from '../access.ts';
import { ConnectionError } from '../errors.ts';
import { execCredential } from './exec-plugin.ts';
import type { Credentials, Identity } from './identity.ts';
import { remembered } from './remembered.ts';

/** Files are read again this often, because the kubelet and rotating agents replace them in place. */
const FILE_TRUST_MILLISECONDS = 60_000;
/** An exec credential is replaced this long before it ends, so that no request is sent with a dying one. */
const EXPIRY_MARGIN_MILLISECONDS = 10_000;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const encoded = ({ username, password }: { username: string; password: string }) =>
  Buffer.from(`${username}:${password}`).toString('base64');

const read = async (access: Access, file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new ConnectionError(`credentials for ${access.server}: ${file} cannot be read (${code}); restore the file`, {
      server: access.server,
      fault: 'auth',
      cause,
    });
  }
};

const tokenFrom = async (access: Access, file: string): Promise<string> => {
  const token = (await read(access, file)).trim();
  if (token !== '') return token;
  throw new ConnectionError(`credentials for ${access.server}: ${file} is empty; write a token into it`, {
    server: access.server,
    fault: 'auth',
  });
};

/** The headers that ask the server to treat requests as somebody else's. */
export const impersonationHeaders = (impersonate: Impersonation | undefined): Record<string, string | string[]> => {
  if (!impersonate) return {};
  const extra = Object.entries(impersonate.extra ?? {}).map(
    ([key, values]) => [`impersonate-extra-${encodeURIComponent(key.toLowerCase())}`, [...values]] as const,
  );
  return {
    'impersonate-user': impersonate.user,
    ...(impersonate.uid ? { 'impersonate-uid': impersonate.uid } : {}),
    ...(impersonate.groups?.length ? { 'impersonate-group': [...impersonate.groups] } : {}),
    ...Object.fromEntries(extra),
  };
};

const fetchIdentity = async (access: Access): Promise<Identity & { until: number }> => {
  const files = access.certificateFiles;
  const certificate = files ? { cert: await read(access, files.cert), key: await read(access, files.key) } : access.certificate;
  const changing = files !== undefined || access.tokenFile !== undefined;
  const until = changing ? Date.now() + FILE_TRUST_MILLISECONDS : Number.POSITIVE_INFINITY;
  if (access.tokenFile) return { headers: bearer(await tokenFrom(access, access.tokenFile)), certificate, until };
  if (access.token) return { headers: bearer(access.token), certificate, until };
  if (access.basic) return { headers: { authorization: `Basic ${encoded(access.basic)}` }, certificate, until };
  if (!access.exec) return { headers: {}, certificate, until };
  const printed = await execCredential(access);
  return {
    headers: printed.token ? bearer(printed.token) : {},
    certificate: printed.certificate ?? certificate,
    until: Math.min(until, printed.expires ? printed.expires.getTime() - EXPIRY_MARGIN_MILLISECONDS : until),
  };
};

/** The credentials of an access: remembered until they expire, read again after `renew`. */
export const credentialsOf = (access: Access): Credentials => {
  const memory = remembered(
    () => fetchIdentity(access),
    ({ until }) => until,
  );
  return { identity: memory.get, renew: memory.forget };
};
