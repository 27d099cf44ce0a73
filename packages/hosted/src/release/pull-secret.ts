import type { ImageName } from './image-name.ts';

/** Whom a registry is asked as. */
export type Credentials = { username: string; password: string };

type Entry = { auth?: string; username?: string; password?: string };

const withoutScheme = (key: string): string => key.replace(/^https?:\/\//, '').replace(/\/(v[12]\/?)?$/, '');

const covers = (key: string, image: string): boolean => image === key || image.startsWith(`${key}/`);

const credentialsOf = ({ auth, username, password }: Entry): Credentials | undefined => {
  if (username !== undefined && password !== undefined) return { username, password };
  const [, user, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(auth ?? '', 'base64').toString()) ?? [];
  return user === undefined || secret === undefined ? undefined : { username: user, password: secret };
};

/** Finds the credentials for an image in the text of a `.dockerconfigjson`; the entry with the longest matching path wins. Throws a SyntaxError without any of the text in it. */
export const findCredentials = (pullSecret: string | undefined, { registry, repository }: ImageName): Credentials | undefined => {
  if (pullSecret === undefined) return undefined;
  const { auths } = parseSecret(pullSecret);
  const fitting = Object.entries(auths ?? {})
    .map(([key, entry]) => ({ key: withoutScheme(key), entry }))
    .filter(({ key }) => covers(key, `${registry}/${repository}`))
    .toSorted((one, other) => other.key.length - one.key.length);
  return fitting[0] && credentialsOf(fitting[0].entry);
};

const parseSecret = (text: string): { auths?: Record<string, Entry> } => {
  try {
    return JSON.parse(text) as { auths?: Record<string, Entry> };
  } catch {
    throw new SyntaxError('the pull secret is not JSON');
  }
};
