/** What an administrator may set for rsync; upstream's names are in the comments. */
export type RsyncOptions = {
  /** RSYNC_OPT_ARCHIVE, default true. */
  archive: boolean;
  /** RSYNC_OPT_HARDLINKS, default true. */
  hardLinks: boolean;
  /** RSYNC_OPT_DELETE, default true. */
  delete: boolean;
  /** RSYNC_OPT_PARTIAL, default true. */
  partial: boolean;
  /** RSYNC_OPT_BWLIMIT in KiB per second; 0 or less: no limit. */
  bandwidthLimit: number;
  /** RSYNC_OPT_INFO; upstream's fixed list by default. */
  info: readonly string[];
  /** RSYNC_OPT_EXTRAS, split at white space. */
  extras: readonly string[];
  /** RSYNC_BACKOFF_LIMIT; 0: the limit of the DirectVolumeMigration, else 20. */
  backOffLimit: number;
};

/** The words that upstream gives to `--info`. */
export const DEFAULT_INFO = ['COPY2', 'DEL2', 'REMOVE2', 'SKIP2', 'FLIST2', 'PROGRESS2', 'STATS2'] as const;

const EXTRA = /^-{1,2}([a-z0-9]+-){0,}?[a-z0-9]+(=.*)?$/;
const INFO = /^[A-Z]+[0-9]?$/;

/** Whether a word may be passed to rsync as an additional option; upstream's rule. */
export const isValidExtra = (word: string): boolean => EXTRA.test(word);

/** Whether a word may stand in `--info`: capital letters, then at most one digit. */
export const isValidInfo = (word: string): boolean => INFO.test(word);

const words = (text: string | undefined, separator: RegExp): string[] => (text ?? '').split(separator).filter((word) => word !== '');
const flag = (text: string | undefined): boolean => text?.trim().toLowerCase() !== 'false';
const whole = (text: string | undefined, fallback: number): number => {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isNaN(value) ? fallback : value;
};

/** Reads the options from the settings of the controllers; words that are refused come back in `invalid`. */
export const readOptions = (settings: Readonly<Record<string, string | undefined>>): { options: RsyncOptions; invalid: string[] } => {
  const extras = words(settings['RSYNC_OPT_EXTRAS'], /\s+/);
  const info = words(settings['RSYNC_OPT_INFO'], /[\s,]+/);
  const validInfo = info.filter(isValidInfo);
  return {
    options: {
      archive: flag(settings['RSYNC_OPT_ARCHIVE']),
      hardLinks: flag(settings['RSYNC_OPT_HARDLINKS']),
      delete: flag(settings['RSYNC_OPT_DELETE']),
      partial: flag(settings['RSYNC_OPT_PARTIAL']),
      bandwidthLimit: whole(settings['RSYNC_OPT_BWLIMIT'], -1),
      info: validInfo.length > 0 ? validInfo : DEFAULT_INFO,
      extras: extras.filter(isValidExtra),
      backOffLimit: whole(settings['RSYNC_BACKOFF_LIMIT'], 0),
    },
    invalid: [...extras.filter((word) => !isValidExtra(word)), ...info.filter((word) => !isValidInfo(word))],
  };
};
