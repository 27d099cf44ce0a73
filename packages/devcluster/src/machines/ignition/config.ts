import { z } from 'zod';
import { BootstrapRefused } from './refused.ts';

const header = z.object({ name: z.string(), value: z.string().nullish() });

const resource = z.object({
  source: z.string().nullish(),
  compression: z.string().nullish(),
  httpHeaders: z.array(header).nullish(),
  verification: z.object({ hash: z.string().nullish() }).nullish(),
});

const owner = z.object({ id: z.number().int().nullish(), name: z.string().nullish() }).nullish();
const place = { path: z.string(), overwrite: z.boolean().nullish(), user: owner, group: owner };

const directory = z.object({ ...place, mode: z.number().int().nullish() });
const file = z.object({
  ...place,
  mode: z.number().int().nullish(),
  contents: resource.nullish(),
  append: z.array(z.unknown()).nullish(),
});
const link = z.object({ ...place, target: z.string().nullish(), hard: z.boolean().nullish() });

const unit = z.object({
  name: z.string().regex(/^[\w@.:-]+$/, 'is no name of a unit'),
  enabled: z.boolean().nullish(),
  mask: z.boolean().nullish(),
  contents: z.string().nullish(),
  dropins: z.array(z.object({ name: z.string(), contents: z.string().nullish() })).nullish(),
});

const unsupported = z.array(z.unknown()).max(0, 'is not known to local machines, which have no disks of their own').nullish();

const config = z.object({
  ignition: z.object({
    version: z.string().regex(/^3\.\d+\.\d+/, 'must be 3.x'),
    config: z.object({ merge: z.array(resource).nullish(), replace: resource.nullish() }).nullish(),
    security: z.object({ tls: z.object({ certificateAuthorities: z.array(resource).nullish() }).nullish() }).nullish(),
  }),
  storage: z
    .object({
      directories: z.array(directory).nullish(),
      files: z.array(file).nullish(),
      links: z.array(link).nullish(),
      disks: unsupported,
      raid: unsupported,
      filesystems: unsupported,
      luks: unsupported,
    })
    .nullish(),
  systemd: z.object({ units: z.array(unit).nullish() }).nullish(),
});

/** Something to read: a data URL or an https URL, how it is packed, and what its hash must be. */
export type Contents = z.infer<typeof resource>;

/** An Ignition configuration of version 3, as far as local machines know it. */
export type IgnitionConfig = z.infer<typeof config>;

/** A directory that Ignition is to make. */
export type DirectoryEntry = z.infer<typeof directory>;
/** A file that Ignition is to write. */
export type FileEntry = z.infer<typeof file>;
/** A link that Ignition is to make. */
export type LinkEntry = z.infer<typeof link>;
/** A unit of systemd that Ignition is to write, and perhaps to start. */
export type UnitEntry = z.infer<typeof unit>;

const jsonOf = (text: string, from: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new BootstrapRefused(`${from} is not JSON, so it is no Ignition configuration`);
  }
};

/** Reads an Ignition configuration; `from` names its origin in messages, which never quote its contents. */
export const parseConfig = (text: string, from: string): IgnitionConfig => {
  const parsed = config.safeParse(jsonOf(text, from));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the document'}: ${message}`);
  throw new BootstrapRefused(`${from} is no Ignition configuration that local machines understand: ${faults.join('; ')}`);
};
