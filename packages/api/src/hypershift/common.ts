import { z } from 'zod';
import type { Column } from '../kind.ts';
import { checked } from '../rules.ts';
import { fields } from '../schema.ts';

/** What every kind of hypershift.openshift.io has in common. */
export const hypershiftKind = { group: 'hypershift.openshift.io', version: 'v1beta1', scope: 'Namespaced', status: 'subresource' } as const;

/** A column with the status of a condition, named like it. */
export const conditionColumn = (type: string, name = type): Column => ({
  name,
  type: 'string',
  jsonPath: `.status.conditions[?(@.type=="${type}")].status`,
});

/** A column with the message of a condition. */
export const messageColumn = (type: string): Column => ({
  name: 'Message',
  type: 'string',
  jsonPath: `.status.conditions[?(@.type=="${type}")].message`,
});

/** Names a Secret or ConfigMap of the same namespace. */
export const reference = () =>
  fields({ name: z.string().max(253).optional().describe('Name of the object. Needed, though not required by the schema.') }).meta({
    'x-kubernetes-map-type': 'atomic',
  });

const image = checked(z.string().min(1).max(253), {
  rule: String.raw`self.matches('^(\\w+\\S+)$')`,
  message: 'Image must start with a word character (letters, digits, or underscores) and contain no white spaces',
});

/** A release by its image. */
export const release = () => fields({ image: image.describe('Pull specification of the release image. Required.') });

const RFC_3339 = String.raw`^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d([.]\\d+)?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)$`;

/**
 * Until when reconciling rests. Checked to its end, where upstream takes any tail after the seconds; converting to a timestamp
 * refuses days that their month does not have.
 */
export const pausedUntil = (minimum: number) =>
  checked(z.string().min(minimum).max(35), {
    rule: `self in ['true', 'false', 'True', 'False'] || (self.matches('${RFC_3339}') && timestamp(self) > timestamp('0001-01-01T00:00:00Z'))`,
    message: "PausedUntil must be a date in RFC3339 format or 'True', 'true', 'False' or 'false'",
  });

/** A map that is small enough to be checked, from label keys to values. */
export const labelMap = (most: number) => z.record(z.string(), z.string()).meta({ maxProperties: most });

/** A toleration of pods. */
export const toleration = fields({
  key: z.string().optional().describe('Key of the taint. Omitted: every key.'),
  operator: z.string().optional().describe('Exists or Equal. Omitted: Equal.'),
  value: z.string().optional().describe('Value of the taint.'),
  effect: z.string().optional().describe('NoSchedule, PreferNoSchedule or NoExecute. Omitted: all of them.'),
  tolerationSeconds: z.int().optional().describe('How long NoExecute is tolerated. Omitted: for ever.'),
});
