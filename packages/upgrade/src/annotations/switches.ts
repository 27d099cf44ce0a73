import { DISABLED, switchAnnotations, type UpgradeFinding } from '@godwit/api';

/** Code of the finding about a switch that is neither left out nor `Disabled`. */
export const SWITCH_VALUE_UNKNOWN = 'SwitchValueUnknown';

/** Whether a switch is on: only the exact text `Disabled` turns it off (D-I14). */
export const isSwitchedOn = (annotations: Readonly<Record<string, string>> | undefined, key: string): boolean =>
  annotations?.[key] !== DISABLED;

/** What is to be said of switches whose value nobody knows. */
export const unknownSwitches = (annotations: Readonly<Record<string, string>> = {}): UpgradeFinding[] =>
  switchAnnotations
    .filter((key) => annotations[key] !== undefined && annotations[key] !== DISABLED)
    .map((key) => ({
      code: SWITCH_VALUE_UNKNOWN,
      severity: 'Warning',
      object: `ImageBasedUpgrade upgrade, annotation ${key}`,
      message: `The value ${JSON.stringify(annotations[key])} turns nothing off; only ${DISABLED} does`,
      remediation: `kubectl annotate --overwrite ibu upgrade ${key}=${DISABLED}`,
    }));
