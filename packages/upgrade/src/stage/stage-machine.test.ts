import type { Stage } from '@godwit/api';
import type { StandardCondition } from '@godwit/controller';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterEvent } from './after-event.ts';
import { clearInvalid } from './clear-invalid.ts';
import { isCleaningUp, isFailed, isInProgress } from './stage-conditions.ts';
import type { StageEvent } from './stage-event.ts';
import { stageInProgress } from './stage-in-progress.ts';
import { isTransitionRequested, transitionOf } from './transition.ts';
import { validNextStages } from './valid-next-stages.ts';

type Machine = { conditions: StandardCondition[]; afterPivot: boolean; stage: Stage };
/** One choice of a user and of fate. */
type Turn = { wish: number; fate: 'works on' | 'succeeds' | 'fails' | 'reboots' };

const moment = { now: '2030-01-01T10:00:00Z', generation: 1 };
const apply = (machine: Machine, event: StageEvent): Machine => ({
  ...machine,
  conditions: afterEvent(machine.conditions, event, moment),
});

const ask = (machine: Machine, stage: Stage): Machine => {
  const asked = { ...machine, stage };
  if (!isTransitionRequested(asked)) return asked;
  const event = transitionOf(asked);
  return apply(event.type === 'refused' ? asked : { ...asked, conditions: clearInvalid(asked.conditions) }, event);
};

const endOf = (stage: Stage, succeeds: boolean): StageEvent => {
  if (stage === 'Idle') return succeeds ? { type: 'cleanedUp' } : { type: 'cleanupFailed', cleanup: 'Abort', errors: 'x' };
  return succeeds ? { type: 'completed', stage } : { type: 'failed', stage, message: 'x' };
};

const work = (machine: Machine, fate: Turn['fate']): Machine => {
  const stage = stageInProgress(machine.conditions);
  if (stage === undefined || fate === 'works on') return machine;
  if (fate === 'reboots') return { ...machine, afterPivot: stage === 'Upgrade' ? true : stage === 'Rollback' ? false : machine.afterPivot };
  if (stage === 'Upgrade' && fate === 'succeeds' && !machine.afterPivot) return machine;
  const after = apply(machine, endOf(stage, fate === 'succeeds'));
  return stage === 'Rollback' && fate === 'succeeds' ? { ...after, afterPivot: false } : after;
};

const next = (machine: Machine) => validNextStages(machine);
const turns = fc.array(
  fc.record({ wish: fc.nat(), fate: fc.constantFrom('works on', 'succeeds', 'fails', 'reboots') }) as fc.Arbitrary<Turn>,
  { maxLength: 40 },
);
const STAGES: readonly Stage[] = ['Idle', 'Prep', 'Upgrade', 'Rollback'];
const start: Machine = { conditions: [], afterPivot: false, stage: 'Idle' };

/** Lets a user ask for one of these stages each turn. */
const play = (list: readonly Turn[], offered: (machine: Machine) => readonly Stage[]): Machine[] => {
  const states = [start];
  for (const { wish, fate } of list) {
    const now = states.at(-1) ?? start;
    const choice = offered(now);
    states.push(work(ask(now, choice[wish % choice.length] ?? now.stage), fate));
  }
  return states;
};

const mayRest = ({ conditions }: Machine): boolean =>
  isCleaningUp(conditions) || isInProgress(conditions, 'Rollback') || isFailed(conditions, 'Rollback');

test('T04 whoever only asks for what is offered is never refused, and never stuck but where the table says so', () => {
  fc.assert(
    fc.property(turns, (list) => {
      for (const state of play(list, next)) {
        expect(state.conditions.filter(({ reason }) => reason === 'InvalidTransition')).toEqual([]);
        if (next(state).length === 0) expect(mayRest(state)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test('T04 not even whoever asks for anything is stuck elsewhere', () => {
  fc.assert(
    fc.property(turns, (list) => {
      for (const state of play(list, () => STAGES)) if (next(state).length === 0) expect(mayRest(state)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('every type stands once in the list, and at most one stage is worked on', () => {
  fc.assert(
    fc.property(turns, (list) => {
      for (const { conditions } of play(list, () => STAGES)) {
        const types = conditions.map(({ type }) => type);
        expect(new Set(types).size).toBe(types.length);
        expect(conditions.filter(({ type, status }) => type.endsWith('InProgress') && status === 'True').length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 300 },
  );
});
