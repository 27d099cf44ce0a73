/** One change of /etc since its deployment: modified, added or deleted. The path is relative to /etc. */
export type EtcChange = { readonly change: 'M' | 'A' | 'D'; readonly path: string };

const LINE = /^([MAD]) {4}(.+)$/;

/** Reads what `ostree admin config-diff` prints. */
export const parseEtcChanges = (text: string): EtcChange[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, change, path] = LINE.exec(line) ?? [];
      if (path === undefined) throw new Error(`ostree admin config-diff printed a line that names no change: ${JSON.stringify(line)}`);
      return { change: change as EtcChange['change'], path };
    });
