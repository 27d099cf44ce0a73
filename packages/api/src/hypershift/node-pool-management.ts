import { z } from 'zod';
import { checked, immutable } from '../rules.ts';
import { fields, quantity } from '../schema.ts';

const rollingUpdate = fields({
  maxSurge: quantity().default(1).describe('How many more machines than wanted there may be, a number or a share rounded up. Omitted: 1.'),
  maxUnavailable: quantity()
    .default(0)
    .describe('How many fewer machines than wanted may work, a number or a share rounded down. Omitted: 0.'),
});

const replace = checked(
  fields({
    strategy: z
      .enum(['RollingUpdate', 'OnDelete'])
      .default('RollingUpdate')
      .describe('When machines are replaced. Omitted: RollingUpdate.'),
    rollingUpdate: rollingUpdate.optional().describe('Only with strategy RollingUpdate.'),
  }),
  {
    rule: "!has(self.rollingUpdate) || self.strategy == 'RollingUpdate'",
    message: "The 'rollingUpdate' field can only be set when 'strategy' is 'RollingUpdate'",
  },
);

const inPlace = fields({
  maxUnavailable: quantity().default(1).describe('How many machines may be updated at once, a number or a share rounded down. Omitted: 1.'),
});

/** How the machines of a pool are renewed and repaired. */
export const management = checked(
  fields({
    upgradeType: immutable('UpgradeType', z.enum(['Replace', 'InPlace'])).describe(
      'Whether machines are replaced or updated in place. Required.',
    ),
    replace: replace
      .default({ strategy: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } })
      .describe('How machines are replaced. Omitted: one after the other, the new one first.'),
    inPlace: inPlace.optional().describe('How machines are updated in place. Only with upgradeType InPlace.'),
    autoRepair: z.boolean().default(false).describe('Whether machines that are not healthy are replaced. Omitted: false.'),
  }),
  {
    rule: "!has(self.inPlace) || self.upgradeType == 'InPlace'",
    message: "The 'inPlace' field can only be set when 'upgradeType' is 'InPlace'",
  },
);
