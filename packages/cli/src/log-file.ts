import { createWriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { createLogger, type Log } from '@godwit/operator';
import { makeFolder } from './make-folder.ts';

/** A log in a file that is readable for nobody else. Where it cannot be written, `tell` hears of it once, and the work goes on without. */
export const logInto = (file: string, tell: (line: string) => void): Log => {
  makeFolder(dirname(file));
  const destination = createWriteStream(file, { flags: 'a', mode: 0o600 });
  destination.on('error', ({ message }) => tell(`warning: the log ${file} ends here: ${message}; the work goes on`));
  return createLogger({ level: 'debug', destination });
};
