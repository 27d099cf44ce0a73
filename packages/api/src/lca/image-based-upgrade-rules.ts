import type { Rule } from '../rules.ts';

/** The one name that an ImageBasedUpgrade may have. */
export const UPGRADE_NAME = 'upgrade';

const singleton: Rule = {
  rule: `self.metadata.name == '${UPGRADE_NAME}'`,
  message: `ibu is a singleton, metadata.name must be '${UPGRADE_NAME}'`,
};

const has = (object: 'self' | 'oldSelf', field: string): string => `(has(${object}.spec) && has(${object}.spec.${field}))`;

const idleBefore =
  "(has(oldSelf.status.conditions) && oldSelf.status.conditions.exists(each, each.type == 'Idle' && each.status == 'True'))";

/** A field may change while nothing goes on, and together with the stage that ends what goes on. */
const fixedWhileBusy = (field: string): Rule => ({
  rule: [
    '!has(oldSelf.status)',
    idleBefore,
    `(${has('self', 'stage')} && self.spec.stage == 'Idle')`,
    `(${has('self', field)} && ${has('oldSelf', field)} && self.spec.${field} == oldSelf.spec.${field})`,
    `(!${has('self', field)} && !${has('oldSelf', field)})`,
  ].join(' || '),
  message: `can not change spec.${field} while ibu is in progress`,
});

/** An absent stage that stays absent is no change, or an object without a stage could never be written again (G-I26). */
const permittedStage: Rule = {
  rule: [
    '!has(oldSelf.status)',
    `(${has('self', 'stage')} && has(oldSelf.status.validNextStages) && self.spec.stage in oldSelf.status.validNextStages)`,
    `(${has('self', 'stage')} && ${has('oldSelf', 'stage')} && self.spec.stage == oldSelf.spec.stage)`,
    `(!${has('self', 'stage')} && !${has('oldSelf', 'stage')})`,
  ].join(' || '),
  message:
    'the stage transition is not permitted. Please refer to status.validNextStages for valid transitions. If status.validNextStages is not present, it indicates that no transitions are currently allowed',
};

/** What the API server holds an ImageBasedUpgrade against, in upstream's words. */
export const imageBasedUpgradeRules: readonly Rule[] = [
  singleton,
  ...['seedImageRef', 'oadpContent', 'extraManifests', 'autoRollbackOnFailure'].map(fixedWhileBusy),
  permittedStage,
];
