import { randomInt } from 'node:crypto';

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** So many random lower-case letters and digits, without vowels and look-alikes, as Kubernetes chooses suffixes. */
export const randomName = (length: number): string => Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');
