import { command } from '../command.ts';
import { sameCommand } from '../copyable.ts';
import { migrate as carryOut, MIGRATE_STEPS, planOf } from '../migrate/migrate.ts';
import { type MigrateOptions, migrateRequest } from '../migrate/request.ts';
import { createReporter } from '../progress/reporter.ts';
import { unlessLeft, waitingOf } from '../waiting.ts';
import { repositoryFlags } from './repository-flags.ts';

/** `godwit migrate`: the whole job in one command. */
export const migrate = command<MigrateOptions>({
  words: ['migrate'],
  summary: 'Moves namespaces to another cluster: objects, volumes, and the proof that nothing was lost',
  takes: [['<namespace...>', 'namespaces to move: NAME, or NAME:TARGET to give another name on the target']],
  flags: [
    ['--source <context>', 'context of the cluster that the application leaves'],
    ['--target <context>', 'context of the cluster that it goes to'],
    ['--host <context>', 'context of the cluster that holds the plans; default: the target'],
    ...repositoryFlags('; default: a folder below ~/.local/share/godwit'),
    ['--transfer-image <image>', 'image with rsync and stunnel for copying volumes'],
    ['--storage-class <pairs>', 'SOURCE=TARGET,…: storage classes to use instead of the suggested ones'],
    ['--no-quiesce', 'leaves the application running while it is copied; writes in the meantime are lost'],
    ['--hold-before <phases>', 'comma list of phases before which the run stops until its annotation is removed'],
    ['--dry-run', 'shows what would be done and changes nothing'],
    ['-y, --yes', 'agrees to installing CustomResourceDefinitions; needed without a terminal'],
    ['--timeout <time>', 'how long to wait, for instance 30m; default: until it is over'],
  ],
  examples: [
    ['Move shop from alpha to beta, over a local folder', 'migrate shop --source alpha --target beta'],
    ['Over a bucket, without questions', 'migrate shop --source alpha --target beta --repository s3://backups --yes'],
    ['Two namespaces, one under another name', 'migrate shop shop-db:db --source alpha --target beta'],
  ],
  run: (invocation, names, options) => {
    const request = migrateRequest(names, options, invocation.environment);
    const reporter = createReporter(invocation.terminal, MIGRATE_STEPS);
    const waiting = waitingOf(invocation, request.timeoutSeconds, reporter);
    const comeBack = sameCommand(invocation.calledAs, invocation.argv);
    const work = () => carryOut({ invocation, request, reporter, waiting, plan: planOf(request) }).finally(reporter.end);
    return unlessLeft(invocation, waiting, comeBack, work);
  },
});
