import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageBasedUpgrade, UPGRADE_NAME, type UpgradeFinding, upgradeAnnotations } from '@godwit/api';
import { advance, type Effect, fail, noting, phaseOf, type Said } from '@godwit/controller';
import { agentFiles } from '../carried/paths.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { MANIFEST_CODES, summaryOf } from '../manifests/validate-manifests.ts';
import { containerStorageTarget } from './container-storage.ts';
import { examineSeed, type SeedExamination } from './examine-seed.ts';
import { examineSpec } from './examine-spec.ts';
import { withExamined } from './examined-seed.ts';
import type { PrepMeans } from './means.ts';
import { errorsOf, PREP_CODES, prepCodes } from './prep-findings.ts';

/** What was found in each part; a part blocks with upstream's words before the next one does. */
export type Examination = {
  readonly storage: readonly UpgradeFinding[];
  readonly spec: readonly UpgradeFinding[];
  readonly workspace: readonly UpgradeFinding[];
  readonly seed: readonly UpgradeFinding[];
};

const NO_STORAGE = 'container storage mountpoint target not found';

const makeWorkspace = async (path: string): Promise<UpgradeFinding[]> => {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    return [];
  } catch (error) {
    return errorsOf(prepCodes.workspace, agentFiles.workspace, [(error as Error).message]);
  }
};

type Facts = Pick<SeedExamination, 'examined'> & { readonly examination: Examination };

/** Looks at everything that an upgrade refers to, and at the host; all of it, whatever is found on the way. */
const examine = async (scope: StageScope, means: PrepMeans): Promise<Facts> => {
  const target = await containerStorageTarget(scope.host);
  const workspace = await makeWorkspace(join(scope.host.root, agentFiles.workspace));
  const storage = errorsOf(
    prepCodes.storage,
    '/var/lib/containers',
    [target === '' ? NO_STORAGE : undefined],
    'Mount a disk of its own there',
  );
  const spec = await examineSpec(scope);
  const { findings: seed, ...rest }: SeedExamination = workspace.length > 0 ? { findings: [] } : await examineSeed(scope, means, target);
  return { examination: { storage, spec, workspace, seed }, ...rest };
};

const PARTS: readonly { part: keyof Examination; prefix: string }[] = [
  { part: 'storage', prefix: '' },
  { part: 'spec', prefix: 'failed to validate IBU spec: ' },
  { part: 'workspace', prefix: 'failed to initialize IBU workspace: ' },
  { part: 'seed', prefix: 'failed to validate seed image info: ' },
];

/** The errors of the part that blocks first, in upstream's words; within it, those of the first thing that is wrong. Undefined: nothing blocks. */
export const whyRefused = (examination: Examination): string | undefined => {
  for (const { part, prefix } of PARTS) {
    const errors = examination[part].filter(({ severity }) => severity === 'Error');
    const [first] = errors;
    if (first === undefined) continue;
    // findings of one matter belong together: all manifests, all Backups and Restores, everything about the seed
    const isSame = ({ code }: UpgradeFinding): boolean =>
      code === first.code || (MANIFEST_CODES.includes(code) && MANIFEST_CODES.includes(first.code));
    return `${prefix}${summaryOf(errors.filter(isSame)).error}`;
  }
  return undefined;
};

/** The text of the annotation about extra manifests; undefined: there must be none. */
export const warningOf = ({ spec }: Examination): string | undefined =>
  summaryOf(spec.filter(({ code }) => MANIFEST_CODES.includes(code))).warning;

const annotate = (value: string | null): Effect => ({
  do: 'patch',
  on: 'cluster',
  resource: ImageBasedUpgrade,
  name: { name: UPGRADE_NAME },
  patch: { metadata: { annotations: { [upgradeAnnotations.validationWarning]: value } } },
});

const VALID: Said = { reason: 'Validated', message: 'Everything that the upgrade refers to is valid' };

/** Refuses what cannot be upgraded, before anything is changed on the host. What does not block is told in findings and an annotation. */
export const validate = (means: PrepMeans) =>
  phaseOf<StageScope, ImageBasedUpgrade>()({
    name: 'Validate',
    step: 'Validate',
    description: 'Looking at the seed image and at everything that the upgrade refers to',
    deadlineSeconds: 1800,
    observe: async (scope) => {
      const { examination, examined } = await examine(scope, means);
      scope.report.found([...PREP_CODES, ...MANIFEST_CODES], Object.values(examination).flat());
      return { examination, notes: examined === undefined ? {} : { notes: withExamined(scope.report.status(), examined) } };
    },
    decide: ({ examination, notes }, upgrade) => {
      const warning = warningOf(examination);
      const known = upgrade.metadata.annotations?.[upgradeAnnotations.validationWarning];
      const effects = warning === known ? [] : [annotate(warning ?? null)];
      const refused = whyRefused(examination);
      return refused === undefined
        ? noting(notes, advance(VALID, effects))
        : fail({ reason: 'ValidationFailed', message: refused }, effects);
    },
  });
