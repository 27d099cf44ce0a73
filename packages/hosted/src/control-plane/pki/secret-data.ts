import type { Secret } from '@godwit/api';
import type { KeyPair } from '@godwit/controller';

/** What a Secret or ConfigMap holds, as text. */
export type TextData = Readonly<Record<string, string>>;

/** Reads a Secret's data as text; bytes that are no UTF-8 do not survive. */
export const textOf = ({ data = {} }: Pick<Secret, 'data'>): TextData =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]));

/** Writes text as a Secret's data. */
export const dataOf = (text: TextData): Record<string, string> =>
  Object.fromEntries(Object.entries(text).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));

/** The certificate and key that lie under these keys; undefined unless both do. */
export const pairIn = (data: TextData | undefined, keys: { certificate: string; key: string }): KeyPair | undefined => {
  const [certificate, key] = [data?.[keys.certificate], data?.[keys.key]];
  return certificate && key ? { certificate, key } : undefined;
};
