import { BootstrapRefused } from '../ignition/refused.ts';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', s: ' ', '"': '"', "'": "'", '\\': '\\' };

type Reading = { words: string[]; word: string | undefined; quote: string };

const step = (reading: Reading, character: string): Reading => {
  const { words, word, quote } = reading;
  if (quote !== '') return character === quote ? { ...reading, quote: '' } : { ...reading, word: `${word ?? ''}${character}` };
  if (character === '"' || character === "'") return { ...reading, word: word ?? '', quote: character };
  if (!/\s/.test(character)) return { ...reading, word: `${word ?? ''}${character}` };
  return word === undefined ? reading : { words: [...words, word], word: undefined, quote: '' };
};

/** Splits a line into words as systemd does: spaces part them, quotes hold them together, a backslash takes the next character's meaning. */
export const wordsOf = (line: string): string[] => {
  let reading: Reading = { words: [], word: undefined, quote: '' };
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] ?? '';
    const escaped = character === '\\' ? ESCAPES[line[index + 1] ?? ''] : undefined;
    if (escaped === undefined) reading = step(reading, character);
    else {
      reading = { ...reading, word: `${reading.word ?? ''}${escaped}` };
      index += 1;
    }
  }
  if (reading.quote !== '') throw new BootstrapRefused('A quote is opened in a unit and not closed');
  return reading.word === undefined ? reading.words : [...reading.words, reading.word];
};

const VARIABLE = /\$\$|\$\{([A-Za-z_]\w*)\}/g;

/** Puts values for `${NAME}` inside a word; a name without a value is empty, as for systemd. */
const filled = (word: string, environment: Readonly<Record<string, string>>): string =>
  word.replaceAll(VARIABLE, (found, name?: string) => (name === undefined ? found.slice(1) : (environment[name] ?? '')));

/** Puts values for variables: `${NAME}` inside a word, `$NAME` as a word of its own, which becomes as many words as its value has. */
export const expand = (words: readonly string[], environment: Readonly<Record<string, string>>): string[] =>
  words.flatMap((word) => {
    const alone = /^\$([A-Za-z_]\w*)$/.exec(word)?.[1];
    return alone === undefined ? [filled(word, environment)] : (environment[alone] ?? '').split(/\s+/).filter((part) => part !== '');
  });
