import { z } from 'zod';

const file = z.object({
  auths: z.record(z.string(), z.object({ auth: z.string().optional(), username: z.string().optional(), password: z.string().optional() })),
});

const plain = (key: string): string => key.replace(/^https?:\/\//, '').replace(/\/(?:v[12]\/?)?$/, '');

/** The credentials for an image out of the text of an auth file, as HTTP's Basic scheme wants them; those of the longest matching name win. */
export const credentialsFor = (text: string, image: string): string | undefined => {
  const entries = Object.entries(file.parse(JSON.parse(text)).auths).map(([key, value]) => ({ name: plain(key), ...value }));
  const fitting = entries.filter(({ name }) => image.startsWith(`${name}/`) || image === name);
  const [best] = fitting.sort((one, other) => other.name.length - one.name.length);
  if (best?.username !== undefined) return Buffer.from(`${best.username}:${best.password ?? ''}`).toString('base64');
  return best?.auth;
};
