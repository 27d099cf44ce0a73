/** A word for a kind of object, and everything else it may be called. */
export type Noun = {
  readonly name: string;
  readonly also: readonly string[];
  readonly summary: string;
  readonly verbs: readonly string[];
  /** Verbs that are parts with verbs of their own, and what each is. */
  readonly parts?: Readonly<Record<string, string>>;
  /** What one is called in sentences; omitted: the name. */
  readonly called?: string;
  /** Words of `also` that stand for one kind of several: in `WORD/NAME` they are kept, to tell objects of one name apart. */
  readonly exact?: readonly string[];
};

/** The nouns of the command line; plurals, short forms and the names of the kinds mean the same. */
export const nouns: readonly Noun[] = [
  {
    name: 'cluster',
    also: ['clusters', 'migcluster', 'migclusters'],
    summary: 'Clusters that applications are moved from or to',
    verbs: ['get', 'describe', 'add', 'test'],
  },
  {
    name: 'repo',
    also: ['repos', 'repository', 'repositories', 'migstorage', 'migstorages'],
    summary: 'Buckets and folders over which clusters hand on objects',
    verbs: ['get', 'describe', 'add', 'test'],
  },
  {
    name: 'plan',
    also: ['plans', 'migplan', 'migplans'],
    summary: 'What is migrated, from where to where, and how',
    verbs: ['get', 'describe', 'create', 'validate'],
  },
  {
    name: 'run',
    also: ['runs', 'migmigration', 'migmigrations', 'hcm', 'hcms', 'hostedclustermigration', 'hostedclustermigrations'],
    summary: 'Runs of plans (stages, cutovers, rollbacks), and moves of hosted clusters',
    verbs: ['get', 'describe', 'stage', 'cutover', 'rollback', 'cancel', 'pause', 'resume', 'attach', 'logs', 'explain'],
    exact: ['migmigration', 'migmigrations', 'hcm', 'hcms', 'hostedclustermigration', 'hostedclustermigrations'],
  },
  {
    name: 'hosted',
    also: ['hc', 'hcs', 'hostedcluster', 'hostedclusters'],
    called: 'hosted cluster',
    summary: 'Clusters whose control planes run as pods of this one',
    verbs: ['get', 'describe', 'create', 'status', 'kubeconfig', 'events', 'pause', 'resume', 'backup', 'etcd-snapshot', 'move'],
  },
  {
    name: 'nodepool',
    also: ['nodepools', 'np', 'nps'],
    called: 'node pool',
    summary: 'Nodes of hosted clusters that are alike',
    verbs: ['get', 'describe', 'scale'],
  },
  {
    name: 'ibu',
    also: ['ibus', 'imagebasedupgrade', 'imagebasedupgrades'],
    called: 'image-based upgrade',
    summary: 'The upgrade of a single-node cluster by an image of another one',
    verbs: ['get', 'describe', 'status', 'prep', 'upgrade', 'rollback', 'abort', 'finalize', 'retry', 'accept', 'seed'],
    parts: { seed: 'Images that clusters are upgraded by' },
  },
  { name: 'doctor', also: [], summary: 'Checks that change nothing, each with what mends it', verbs: ['ibu'] },
  { name: 'operator', also: [], summary: 'The controllers', verbs: ['run'] },
];

const verbSynonyms: Readonly<Record<string, string>> = { list: 'get', ls: 'get' };

/** The usual form of a verb. */
export const verbOf = (word: string): string => verbSynonyms[word] ?? word;

/** The noun that a word stands for; `noun/name` and `noun.group` count too. */
export const nounOf = (word: string): Noun | undefined => {
  const [first = ''] = word.toLowerCase().split(/[/.]/);
  return nouns.find(({ name, also }) => name === first || also.includes(first));
};

/** What an object of a noun is called in sentences. */
export const calledOf = (noun: string): string => nouns.find(({ name }) => name === noun)?.called ?? noun;

/** Whether any noun has this verb. */
export const isVerb = (word: string): boolean => nouns.some(({ verbs }) => verbs.includes(verbOf(word)));
