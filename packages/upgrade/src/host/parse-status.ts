import type { Deployment } from './driver.ts';

const HEAD = /^([* ]) (\S+) ([0-9a-f]{64})\.(\d+)(?: \([^)]*\))*$/;
const DETAIL = /^ {4}|^\s*$/;

/**
 * Reads what `ostree admin status` prints, in the order of booting.
 * A line that is neither a deployment nor its detail is an error: cleaning up from half a list would remove what is in use.
 */
export const parseStatus = (text: string): Deployment[] => {
  if (text.trim() === 'No deployments.') return [];
  const heads = text.split('\n').filter((line) => !DETAIL.test(line));
  return heads.map((line, index) => {
    const [, marker, stateroot, checksum, serial] = HEAD.exec(line) ?? [];
    if (stateroot === undefined || checksum === undefined)
      throw new Error(`ostree admin status printed a line that names no deployment: ${JSON.stringify(line)}`);
    return { index, stateroot, checksum, serial: Number(serial), booted: marker === '*' };
  });
};
