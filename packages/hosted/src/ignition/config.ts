/** A file that Ignition writes; `mode` in decimal, as its JSON wants. */
export type IgnitionFile = {
  path: string;
  mode?: number;
  overwrite?: boolean;
  contents?: { source?: string; compression?: string };
  [key: string]: unknown;
};

/** A unit that Ignition writes and enables. */
type IgnitionUnit = { name: string; enabled?: boolean; contents?: string; [key: string]: unknown };

/** The parts of an Ignition 3 configuration that machines here are built from; everything else is passed on. */
export type IgnitionConfig = {
  ignition: { version: string; [key: string]: unknown };
  storage?: { files?: IgnitionFile[]; directories?: { path: string }[]; links?: { path: string }[]; [key: string]: unknown };
  systemd?: { units?: IgnitionUnit[] };
  passwd?: { users?: { name: string; sshAuthorizedKeys?: string[] }[] };
  [key: string]: unknown;
};

/** The version that every payload has. */
export const IGNITION_VERSION = '3.2.0';

const READ_BY_ALL = 0o644;

/** A file with this text. */
export const fileOf = (path: string, text: string, mode = READ_BY_ALL): IgnitionFile => ({
  path,
  mode,
  overwrite: true,
  contents: { source: `data:text/plain;charset=utf-8;base64,${Buffer.from(text).toString('base64')}` },
});

const byKey = <T>(lists: readonly (readonly T[] | undefined)[], keyOf: (each: T) => string): T[] => [
  ...new Map(lists.flatMap((list) => list ?? []).map((each) => [keyOf(each), each])).values(),
];

/** One configuration of several: of two files with the same path, and of two units with the same name, the later wins. */
export const mergeConfigs = (configs: readonly IgnitionConfig[]): IgnitionConfig => ({
  ignition: { version: IGNITION_VERSION },
  storage: {
    files: byKey(
      configs.map(({ storage }) => storage?.files),
      ({ path }) => path,
    ),
    directories: byKey(
      configs.map(({ storage }) => storage?.directories),
      ({ path }) => path,
    ),
    links: byKey(
      configs.map(({ storage }) => storage?.links),
      ({ path }) => path,
    ),
  },
  systemd: {
    units: byKey(
      configs.map(({ systemd }) => systemd?.units),
      ({ name }) => name,
    ),
  },
  passwd: {
    users: byKey(
      configs.map(({ passwd }) => passwd?.users),
      ({ name }) => name,
    ),
  },
});
