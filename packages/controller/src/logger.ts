import { type Logger, pino } from 'pino';
import type { Log } from './log.ts';
import { redact, redacted } from './redact.ts';

/** Where log lines go; default standard output. */
export type LogDestination = { write(line: string): void };

type Fields = Record<string, unknown>;

const clean = (fields: Fields): Fields => redacted(fields) as Fields;

const logOver = (logger: Logger): Log => ({
  info: (fields, message) => logger.info(clean(fields), redact(message)),
  warn: (fields, message) => logger.warn(clean(fields), redact(message)),
  error: (fields, message) => logger.error(clean(fields), redact(message)),
  debug: (fields, message) => {
    if (logger.isLevelEnabled('debug')) logger.debug(clean(fields), redact(message));
  },
  child: (fields) => logOver(logger.child(clean(fields))),
});

/** A log that writes JSON lines with level names and ISO times, all secrets redacted. `level` default info. */
export const createLogger = ({
  level = 'info',
  destination = process.stdout,
}: {
  level?: 'debug' | 'info' | 'warn' | 'error';
  destination?: LogDestination;
} = {}): Log =>
  logOver(
    pino(
      {
        level,
        base: null,
        messageKey: 'message',
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
      },
      destination,
    ),
  );

/** A log that says nothing. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {}, child: () => silentLog };
