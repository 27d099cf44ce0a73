/** A line of the log that is stored beside a backup or restore. */
export type RunLog = {
  info(message: string, about?: { resource?: string; namespace?: string; name?: string }): void;
  warning(message: string, about?: { resource?: string; namespace?: string; name?: string }): void;
  error(message: string, about?: { resource?: string; namespace?: string; name?: string }): void;
  /** The lines so far, in the text form that clients of Velero read. */
  text(): string;
  results(): Results;
};

/** Messages by scope, as the results file has them. */
export type Messages = { velero?: string[]; cluster?: string[]; namespaces?: Record<string, string[]> };
/** The results file. */
export type Results = { warnings: Messages; errors: Messages };

type About = { resource?: string; namespace?: string; name?: string };

const lineOf = (time: string, level: string, message: string, run: string, { resource, namespace, name }: About): string => {
  const fields = Object.entries({ resource, namespace, name }).filter(([, value]) => value !== undefined && value !== '');
  return [
    `time="${time}"`,
    `level=${level}`,
    `msg=${JSON.stringify(message)}`,
    run,
    ...fields.map(([key, value]) => `${key}=${value}`),
  ].join(' ');
};

/** Adds a message under its scope: a namespace, the cluster, or the run itself. */
const addMessage = (messages: Messages, message: string, { resource, namespace }: About): void => {
  if (namespace) {
    const namespaces = messages.namespaces ?? {};
    messages.namespaces = { ...namespaces, [namespace]: [...(namespaces[namespace] ?? []), message] };
  } else if (resource) messages.cluster = [...(messages.cluster ?? []), message];
  else messages.velero = [...(messages.velero ?? []), message];
};

/** Opens a log; `run` is the field that names it, for instance `backup=velero/b1`. */
export const runLog = (run: string, now: () => Date): RunLog => {
  const lines: string[] = [];
  const results: Results = { warnings: {}, errors: {} };
  const write = (level: string, message: string, about: About = {}) => {
    lines.push(lineOf(now().toISOString(), level, message, run, about));
    const said = about.name ? `resource: /${about.resource} name: /${about.name} message: /${message}` : message;
    if (level === 'warning') addMessage(results.warnings, said, about);
    if (level === 'error') addMessage(results.errors, said, about);
  };
  return {
    info: (message, about) => write('info', message, about),
    warning: (message, about) => write('warning', message, about),
    error: (message, about) => write('error', message, about),
    text: () => `${lines.join('\n')}\n`,
    results: () => results,
  };
};

/** How many messages there are in all scopes. */
export const countMessages = ({ velero = [], cluster = [], namespaces = {} }: Messages): number =>
  velero.length + cluster.length + Object.values(namespaces).reduce((sum, list) => sum + list.length, 0);
