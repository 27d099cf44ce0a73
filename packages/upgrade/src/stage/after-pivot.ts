import { staterootOf } from '../seed/version.ts';

/** What tells on which side of the pivot a release is; `left` is the stateroot that was left, as long as that is written down in this one. */
type PivotFacts = {
  readonly booted: string | undefined;
  readonly version: string | undefined;
  readonly left: string | undefined;
};

/**
 * Whether the wanted version is booted. Any other stateroot, whatever its name, counts as the original one, unless it says itself that it was
 * booted by a pivot: then whatever the spec names does not make the way back one that may be taken away. Pure.
 */
export const isAfterPivot = ({ booted, version, left }: PivotFacts): boolean => {
  if (booted === undefined) return false;
  if (left !== undefined && left !== booted) return true;
  return version !== undefined && version !== '' && booted === staterootOf(version);
};
