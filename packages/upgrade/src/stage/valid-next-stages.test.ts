import type { Stage } from '@godwit/api';
import { expect, test } from 'vitest';
import { conditions } from './conditions.fixture.ts';
import { validNextStages } from './valid-next-stages.ts';

const BUSY = 'Idle=False:InProgress';

/** The rows of the table for people; `after` is after the pivot, `both` on either side. */
test.each<[string[], 'before' | 'after' | 'both', Stage[]]>([
  [['Idle=True:Idle'], 'both', ['Prep']],
  [['Idle=False:Aborting'], 'both', []],
  [['Idle=False:AbortFailed'], 'both', []],
  [['UpgradeCompleted=True:Completed', 'Idle=False:Finalizing'], 'both', []],
  [['RollbackCompleted=True:Completed', 'Idle=False:FinalizeFailed'], 'both', []],
  [[BUSY, 'PrepInProgress=True:InProgress'], 'before', ['Idle']],
  [[BUSY, 'PrepCompleted=False:Failed'], 'before', ['Idle']],
  [[BUSY, 'PrepCompleted=True:Completed'], 'before', ['Idle', 'Upgrade']],
  [[BUSY, 'PrepCompleted=True:Completed', 'UpgradeInProgress=True:InProgress'], 'before', ['Idle']],
  [[BUSY, 'PrepCompleted=True:Completed', 'UpgradeInProgress=True:InProgress'], 'after', ['Rollback']],
  [[BUSY, 'PrepCompleted=True:Completed', 'UpgradeCompleted=False:Failed'], 'before', ['Idle']],
  [[BUSY, 'PrepCompleted=True:Completed', 'UpgradeCompleted=False:Failed'], 'after', ['Rollback']],
  [[BUSY, 'PrepCompleted=True:Completed', 'UpgradeCompleted=True:Completed'], 'after', ['Idle', 'Rollback']],
  [[BUSY, 'UpgradeCompleted=False:Failed', 'RollbackInProgress=True:InProgress'], 'both', []],
  [[BUSY, 'UpgradeCompleted=False:Failed', 'RollbackCompleted=False:Failed'], 'both', []],
  [[BUSY, 'UpgradeCompleted=False:Failed', 'RollbackCompleted=True:Completed'], 'before', ['Idle']],
  [[BUSY, 'RollbackCompleted=True:Completed'], 'both', ['Idle']],
  [[], 'both', ['Idle']],
  [['PrepInProgress=False:InvalidTransition'], 'both', ['Idle']],
  [['Idle=False:Blocked'], 'both', ['Idle']],
  [[BUSY], 'both', []],
])('T04 %j, %s the pivot, may go to %j', (list, side, expected) => {
  for (const afterPivot of side === 'both' ? [true, false] : [side === 'after'])
    expect(validNextStages({ conditions: conditions(...list), afterPivot, stage: 'Idle' })).toEqual(expected);
});
