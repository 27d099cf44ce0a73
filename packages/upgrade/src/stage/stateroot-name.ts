const PREFIX = 'rhcos_';

/** The stateroot of a version: `rhcos_4.15.0_rc.1` for 4.15.0-rc.1. */
export const staterootOf = (version: string): string => `${PREFIX}${version.replaceAll('-', '_')}`;

/** Whether the wanted version is booted. Any other stateroot, whatever its name, counts as the original one. */
export const isAfterPivot = ({ booted, version }: { booted: string | undefined; version: string | undefined }): boolean =>
  version !== undefined && version !== '' && booted === staterootOf(version);
