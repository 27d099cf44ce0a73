import { X509Certificate } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';

const CERTIFICATES: readonly string[] = ['kubelet-client-current.pem', 'kubelet-server-current.pem'];
const PKI = 'var/lib/kubelet/pki';
const MARGIN_SECONDS = 30 * 60;
const MOST_LINKS = 8;

/** A link inside a stateroot that is not booted points to where its target would be if it were. */
const resolved = async (stateroot: string, path: string, left = MOST_LINKS): Promise<string> => {
  const target = await readlink(path).catch(() => undefined);
  if (target === undefined || left === 0) return path;
  return resolved(stateroot, isAbsolute(target) ? join(stateroot, target) : join(dirname(path), target), left - 1);
};

/** When the first of these certificates expires, less half an hour; the text of a file may hold a key, too. */
const expirationOf = (texts: readonly string[]): Date =>
  new Date(Math.min(...texts.map((text) => Date.parse(new X509Certificate(text).validTo))) - MARGIN_SECONDS * 1000);

/** Until when the release in a stateroot that is not booted finds valid certificates for its node: the deadline of a rollback. */
export const rollbackExpiration = async (stateroot: string): Promise<Date> => {
  const paths = await Promise.all(CERTIFICATES.map((name) => resolved(stateroot, join(stateroot, PKI, name))));
  return expirationOf(await Promise.all(paths.map((path) => readFile(path, 'utf8'))));
};
