import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** A name for this process that no other candidate for leadership has. */
export const processIdentity = (): string => `${hostname()}_${process.pid}_${randomBytes(4).toString('hex')}`;
